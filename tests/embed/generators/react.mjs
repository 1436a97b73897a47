import { viteSite } from "../vite.mjs";

export * from "../vite.mjs";
export const lane = "fast";
export const recipe = "react";

const HOST = `import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { Gauge } from "./Gauge.jsx";
import { changed, follow, here } from "./pages.js";

function Host() {
  const [page, setPage] = useState(here);
  const [context, setContext] = useState(8192);
  const [heard, setHeard] = useState(null);
  useEffect(() => changed(() => setPage(here())), []);
  return (
    <main key={page}>
      <h1>{page}</h1>
      <a href="two" onClick={follow}>second</a>
      <button onClick={() => setContext(4096)}>shorter</button>
      <button onClick={() => setContext(8192)}>longer</button>
      <output>{heard}</output>
      <Gauge context={context} onChange={({ detail }) => setHeard(detail.report.resolved.max_model_len)} />
    </main>
  );
}

createRoot(document.getElementById("app")).render(<Host />);
`;

export const files = viteSite("react", { "main.jsx": HOST });
