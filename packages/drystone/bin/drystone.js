#!/usr/bin/env node
// drystone-allow unresolved the build puts it there
require("../dist/bundle/cli.js");
