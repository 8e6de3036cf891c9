#!/usr/bin/env node
// drystone-allow unresolved the build puts it there
import "../dist/bundle/cli.js";
