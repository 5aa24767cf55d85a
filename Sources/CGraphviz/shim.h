#ifndef TFGRAPH_CGRAPHVIZ_SHIM_H
#define TFGRAPH_CGRAPHVIZ_SHIM_H

/* dladdr is an extension of glibc; elsewhere the name means nothing. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif

#include <dlfcn.h>
#include <stddef.h>
#include <unistd.h>
#include <gvc.h>

typedef struct {
  double x, y;
} tfg_point;

typedef struct {
  double left, bottom, right, top;
} tfg_box;

/* Swift cannot take the address of a C function as data; dladdr wants exactly that. The path
 * belongs to the dynamic linker and lives as long as the library. NULL when it is unknown. */
static inline const char *tfg_path_of_libgvc(void) {
  Dl_info found;
  if (dladdr((const void *)(size_t)&gvContextPlugins, &found) == 0) return NULL;
  return found.dli_fname;
}

/* RTLD_* are macros with casts on some systems, which Swift does not import. */
static inline void *tfg_open_plugin(const char *path) {
  return dlopen(path, RTLD_NOW | RTLD_LOCAL);
}

/* Why the last one could not be loaded, or NULL when there is no such file. */
static inline const char *tfg_plugin_problem(const char *path) {
  const char *problem = dlerror();
  return access(path, F_OK) == 0 ? problem : NULL;
}

/* dlsym, named beside those above so that Swift needs one import for plugins. */
static inline void *tfg_symbol(void *library, const char *name) {
  return dlsym(library, name);
}

/* Graphviz keeps the pointer to the list of built-in plugins, so the list has to outlive the
 * context; Swift has no storage with a stable address for it. Demand loading is off: no
 * configuration file is read, and no other plugin (pango, gd, gtk, …) can change a layout. */
static inline GVC_t *tfg_context(void *dot_layout) {
  static lt_symlist_t builtins[2];
  builtins[0].name = "gvplugin_dot_layout_LTX_library";
  builtins[0].address = dot_layout;
  builtins[1].name = NULL;
  builtins[1].address = NULL;
  return gvContextPlugins(builtins, 0);
}

/* Agdirected is a mutable global of a bit-field structure, which Swift 6 refuses to read. */
static inline Agraph_t *tfg_open_graph(const char *name) {
  return agopen((char *)name, Agdirected, NULL);
}

/* The address at which a graph keeps a name. Graphviz visits subgraphs in the order of these
 * addresses; `char *` would come as a pointer that Swift may not compare. */
static inline size_t tfg_interned(Agraph_t *graph, const char *name) {
  return (size_t)agstrdup(graph, (char *)name);
}

/* The functions below take `char *` for what they only read; Swift's strings are `const`. */
static inline Agraph_t *tfg_subgraph(Agraph_t *graph, const char *name) {
  return agsubg(graph, (char *)name, 1);
}

static inline Agnode_t *tfg_node(Agraph_t *graph, const char *name) {
  return agnode(graph, (char *)name, 1);
}

static inline Agedge_t *tfg_edge(
    Agraph_t *graph, Agnode_t *tail, Agnode_t *head, const char *name) {
  return agedge(graph, tail, head, (char *)name, 1);
}

/* AGRAPH, AGNODE and AGEDGE are untyped macros; three names can't be mixed up. */
static inline void tfg_declare_graph(Agraph_t *graph, const char *name, const char *value) {
  agattr(graph, AGRAPH, (char *)name, (char *)value);
}

static inline void tfg_declare_node(Agraph_t *graph, const char *name, const char *value) {
  agattr(graph, AGNODE, (char *)name, (char *)value);
}

static inline void tfg_declare_edge(Agraph_t *graph, const char *name, const char *value) {
  agattr(graph, AGEDGE, (char *)name, (char *)value);
}

/* agset takes `void *`: these take only what it is meant for. */
static inline void tfg_set_graph(Agraph_t *graph, const char *name, const char *value) {
  agset(graph, (char *)name, (char *)value);
}

static inline void tfg_set_node(Agnode_t *node, const char *name, const char *value) {
  agset(node, (char *)name, (char *)value);
}

static inline void tfg_set_edge(Agedge_t *edge, const char *name, const char *value) {
  agset(edge, (char *)name, (char *)value);
}

/* ND_, ED_ and GD_ are function-like macros, which Swift does not import. They are valid between
 * gvLayout and gvFreeLayout only. */
static inline tfg_point tfg_node_center(Agnode_t *node) {
  tfg_point point = {ND_coord(node).x, ND_coord(node).y};
  return point;
}

static inline tfg_box tfg_graph_box(Agraph_t *graph) {
  tfg_box box = {GD_bb(graph).LL.x, GD_bb(graph).LL.y, GD_bb(graph).UR.x, GD_bb(graph).UR.y};
  return box;
}

/* NULL when an edge was left without a line. */
static inline const splines *tfg_edge_splines(Agedge_t *edge) {
  return ED_spl(edge);
}

/* `set` is Graphviz's own boolean type, and the label a pointer into the macro's structure. */
static inline int tfg_edge_label(Agedge_t *edge, tfg_point *center) {
  textlabel_t *label = ED_label(edge);
  if (label == NULL || !label->set) return 0;
  center->x = label->pos.x;
  center->y = label->pos.y;
  return 1;
}

static inline int tfg_cluster_label(Agraph_t *cluster, tfg_point *center) {
  textlabel_t *label = GD_label(cluster);
  if (label == NULL || !label->set) return 0;
  center->x = label->pos.x;
  center->y = label->pos.y;
  return 1;
}

/* Graphviz prints complaints unless a function takes them; Swift's importer sees the typedef of
 * that function differently from version to version. */
static inline void tfg_capture_messages(int (*receive)(char *)) {
  agseterr(AGWARN);
  agseterrf(receive);
}

#endif
