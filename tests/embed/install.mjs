// Installs what the generators of a lane need: node tests/embed/install.mjs fast|slow
import { bundlers, generators, install, NODE_20, NODE_22, nodeFolder } from "./sites.mjs";

for (const generator of await generators(process.argv[2])) install(generator);
for (const version of [NODE_20, NODE_22]) nodeFolder(version);
bundlers();
