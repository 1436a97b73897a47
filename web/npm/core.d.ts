import type { Catalog, Refusal, Report, Request } from "./vram_gauge.js";

export type { Catalog, Refusal, Report, Request } from "./vram_gauge.js";

/** The calculator: plain calls once it is loaded. */
export interface Core {
  readonly version: string;
  readonly catalog: Catalog;
  report(request: Request): Report | Refusal;
  /** SWEEP_FIELDS numbers a cell; hardware outermost, then contexts, then concurrencies. */
  sweep(request: Request & { sweep: object }): Float64Array;
  /** What a start-up log or traceback of vLLM says. */
  readLog(text: string): Record<string, unknown>;
}

/** Loads the module once. */
export function loadCore(): Promise<Core>;

export const SWEEP_FIELDS: readonly string[];

/** One object for each cell of a sweep. */
export function cells(numbers: Float64Array): Record<string, number>[];
