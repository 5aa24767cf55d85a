/// The style sheet of a page, from the same colours as pictures.
enum PageStyleSheet {
  /// The whole sheet; nothing in it needs to be escaped.
  static let text = """
    :root{color-scheme:light dark;\(variables(\.light))}
    @media (prefers-color-scheme:dark){:root{\(variables(\.dark))}}
    @media print{:root{color-scheme:light;\(variables(\.light))}}
    \(rules)
    \(narrow)
    \(print)

    """

  private static let tokens =
    [
      Token.paper, .ink, .muted, .flowLine, .boxLine, .retry, .retryGround, .retryInk, .defect,
      .defectGround, .defectInk,
    ] + Token.bands.prefix(2) + (StateStyle.of(.running)?.tokens ?? [])

  private static func variables(_ value: (Token) -> Color) -> String {
    tokens.map { "--tfg-\($0.name):\(value($0).css);" }.joined()
  }

  private static let rules = """
    *{box-sizing:border-box}
    html{background:var(--tfg-paper);color:var(--tfg-ink);-webkit-text-size-adjust:100%}
    body{margin:0 auto;padding:3rem 1.5rem 5rem;max-width:60rem;\
    font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;\
    overflow-wrap:break-word}
    p{margin:0 0 .7em;max-width:42rem;text-wrap:pretty}
    .kind{margin:0;color:var(--tfg-muted);font-size:.8125rem;font-weight:600;\
    letter-spacing:.06em;text-transform:uppercase}
    h1,h2,h3{line-height:1.25;text-wrap:balance;scroll-margin-top:1rem}
    h1{margin:.1rem 0 .8rem;font-size:2.25rem;letter-spacing:-.02em}
    header p:not(.kind):not(.quiet){font-size:1.125rem;white-space:pre-line}
    h2{margin:3.5rem 0 1rem;font-size:1.375rem;letter-spacing:-.01em}
    h3{margin:0 0 .6rem;font-size:1.0625rem;display:flex;flex-wrap:wrap;align-items:baseline;\
    gap:.25em .4em}
    .quiet,.muted{color:var(--tfg-muted)}
    a{color:var(--tfg-retry);text-decoration-thickness:.06em;text-underline-offset:.18em}
    a:hover{text-decoration-thickness:.12em}
    :focus-visible{outline:2px solid var(--tfg-retry);outline-offset:2px;border-radius:3px}
    nav{display:flex;flex-wrap:wrap;gap:.3rem 1.25rem;margin:1.5rem 0 0;padding:.7rem 0;\
    border-top:1px solid var(--tfg-flow-line);border-bottom:1px solid var(--tfg-flow-line);\
    font-size:.9375rem}
    nav a{text-decoration:none}
    figure{margin:2rem 0 0;padding:.75rem;overflow-x:auto;border:1px solid var(--tfg-flow-line);\
    border-radius:10px;background:var(--tfg-paper)}
    figure div{margin:0 auto}
    figure svg{display:block;width:100%;height:auto}
    code,pre{font-family:ui-monospace,SFMono-Regular,"Cascadia Mono",Menlo,Consolas,\
    "DejaVu Sans Mono",monospace}
    code{font-size:.875em;padding:.1em .35em;border-radius:4px;background:var(--tfg-band-1)}
    pre{margin:0 0 .6rem;padding:.6rem .8rem;overflow-x:auto;border-radius:6px;\
    background:var(--tfg-band-1);line-height:1.5;tab-size:4}
    pre code{padding:0;font-size:.8125rem;background:none;overflow-wrap:normal}
    .tag{display:inline-block;padding:0 .55em;border:1px solid var(--tfg-flow-line);\
    border-radius:1em;font-size:.75rem;font-weight:500;line-height:1.6;white-space:nowrap}
    .tag.retry{border-color:var(--tfg-retry);background:var(--tfg-retry-ground);\
    color:var(--tfg-retry-ink)}
    .tag.warning{border-color:var(--tfg-running-border);background:var(--tfg-running-fill);\
    color:var(--tfg-running-text)}
    .tag.error{border-color:var(--tfg-defect);background:var(--tfg-defect-ground);\
    color:var(--tfg-defect-ink)}
    p.error,p.warning{max-width:none;padding:.5rem .8rem;border-left:3px solid;\
    background:var(--tfg-band-0)}
    p.error{border-color:var(--tfg-defect)}
    p.warning{border-color:var(--tfg-running-border)}
    .card{padding:1.1rem 0 .5rem;border-top:1px solid var(--tfg-flow-line)}
    h2+.card{border-top:0;padding-top:0}
    h3:target,h3:target a{color:var(--tfg-retry)}
    dl{margin:0}
    dl>div{display:grid;grid-template-columns:8rem minmax(0,1fr);gap:0 1rem;padding:.15rem 0}
    dt{color:var(--tfg-muted);font-size:.875rem;line-height:1.78}
    dd{margin:0;min-width:0}
    dd p,dd ul{margin:0 0 .15rem}
    dl>div:has(pre)>dt{padding-top:.25rem}
    dd pre{padding:.3rem .8rem;margin-bottom:.35rem}
    ul,ol{margin:0 0 .7em;padding-left:1.35em;max-width:44rem}
    dd ul{padding:0;list-style:none}
    li{margin:0 0 .25em}
    ol li::marker{color:var(--tfg-muted)}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;min-width:100%;font-size:.9375rem;\
    font-variant-numeric:tabular-nums}
    th{padding:.3rem 1.25rem .3rem 0;border-bottom:1px solid var(--tfg-box-line);\
    color:var(--tfg-muted);font-size:.8125rem;font-weight:600;text-align:left;white-space:nowrap}
    td{padding:.5rem 1.25rem .5rem 0;border-bottom:1px solid var(--tfg-flow-line);\
    vertical-align:top}
    tr>:first-child{white-space:nowrap}
    tr>:last-child{padding-right:0;min-width:12rem}
    tr>:last-child:nth-child(2){width:100%}
    """

  private static let narrow = """
    @media (max-width:36rem){
    body{padding:1.5rem 1rem 3rem}
    h1{font-size:1.75rem}
    h2{margin-top:2.5rem}
    dl>div{grid-template-columns:minmax(0,1fr);padding:.25rem 0}
    figure{margin-left:-1rem;margin-right:-1rem;border-width:1px 0;border-radius:0}
    }
    """

  private static let print = """
    @media print{
    @page{margin:16mm 15mm}
    html{font-size:10pt}
    body{max-width:none;padding:0}
    h1{font-size:20pt}
    h2{margin-top:1.6rem;font-size:13pt}
    nav{display:none}
    a{color:inherit;text-decoration:none}
    h1,h2,h3{break-after:avoid}
    .card,figure,tr,pre{break-inside:avoid}
    figure{overflow:visible;border:0;padding:0}
    figure div{min-width:0 !important}
    pre{white-space:pre-wrap;overflow-wrap:anywhere}
    .tag,code,pre{print-color-adjust:exact}
    }
    """
}
