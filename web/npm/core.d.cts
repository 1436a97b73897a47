// The same for require().
import type * as core from "./core.js" with { "resolution-mode": "import" };

export type { Catalog, Core, Refusal, Report, Request } from "./core.js" with { "resolution-mode": "import" };
export declare const loadCore: typeof core.loadCore;
export declare const SWEEP_FIELDS: typeof core.SWEEP_FIELDS;
export declare const cells: typeof core.cells;
