#ifndef TFGRAPH_CLIBYAML_SHIM_H
#define TFGRAPH_CLIBYAML_SHIM_H

#include <yaml.h>

#endif
