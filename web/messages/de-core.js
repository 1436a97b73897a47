// German for what the core says: its sentences and ours (see said.js).

import answers from "./de-core-answers.js";
import changes from "./de-core-changes.js";
import models from "./de-core-models.js";
import terms from "./de-core-terms.js";

export default { ...answers, ...models, ...terms, ...changes };
