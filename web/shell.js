// Words <-> a POSIX shell command line. DOM-free.

const PLAIN = /^[\w@%+=:,./-]+$/;

// One word, so quoted that a shell reads exactly this text.
export const quote = (word) => (PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

// The words of each command in `text`: quotes, backslashes, continued lines and comments as a shell reads them; nothing is
// expanded. A command ends at an operator (| & ; < >) or a line's end.
export function commands(text) {
  const all = [];
  let found = [];
  let word = null;
  const add = (part) => {
    word = (word ?? "") + part;
  };
  const end = () => {
    if (word !== null) found.push(word);
    word = null;
  };
  const close = () => {
    end();
    if (found.length) all.push(found);
    found = [];
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === "'") {
      const quoted = text.indexOf("'", i + 1);
      add(text.slice(i + 1, quoted < 0 ? undefined : quoted));
      i = quoted < 0 ? text.length : quoted;
    } else if (c === '"') {
      i = double(text, i + 1, add);
    } else if (c === "\\") {
      const line = /^\\[ \t]*\r?\n/.exec(text.slice(i));
      if (line) i += line[0].length - 1;
      else if (i + 1 < text.length) add(text[++i]);
    } else if (c === "#" && word === null) {
      i = text.indexOf("\n", i);
      if (i < 0) break;
      i--;
    } else if ("\n|&;<>".includes(c)) {
      if ("<>".includes(c) && /^\d$/.test(word)) word = null; // 2>file
      close();
    } else if (/\s/.test(c)) {
      end();
    } else {
      add(c);
    }
  }
  close();
  return all;
}

function double(text, start, add) {
  add("");
  let i = start;
  for (; i < text.length && text[i] !== '"'; i++) {
    if (text[i] === "\\" && '"\\$`\n'.includes(text[i + 1] ?? "")) {
      i++;
      if (text[i] === "\n") continue;
    }
    add(text[i]);
  }
  return i;
}
