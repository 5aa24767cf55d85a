import Glibc
import TFGraphCommands

exit(await TFGraph.run(CommandLine.arguments))
