// The same for require().
import type * as element from "./element.js" with { "resolution-mode": "import" };

export declare const VramGauge: typeof element.VramGauge;
export type VramGauge = element.VramGauge;
