// The set-up in the address bar's fragment: read when the page opens or somebody changes it, written when changes rest.

import { fromFragment, toFragment } from "./state.js";

const REST_MS = 400;
const LONGEST = 1e5; // letters; browsers cut longer addresses

export function keepLink() {
  let fragment; // the last one read or written
  let timer;
  return {
    // { state, dropped }, or nothing where there is no link.
    async read() {
      const asked = location.hash.slice(1);
      fragment = asked;
      const read = asked ? await fromFragment(asked) : undefined;
      return fragment === asked ? read : undefined; // else another one has come meanwhile
    },
    write(state) {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const mode = location.hash.startsWith("#embed") ? "embed&" : "";
        fragment = mode + (await toFragment(state));
        if (fragment.length < LONGEST) history.replaceState(history.state, "", `#${fragment}`);
      }, REST_MS);
    },
    // Calls `changed` when the link becomes another one than ours; returns what ends that.
    follow(changed) {
      const heard = () => location.hash.slice(1) !== fragment && changed();
      addEventListener("hashchange", heard);
      return () => removeEventListener("hashchange", heard);
    },
  };
}
