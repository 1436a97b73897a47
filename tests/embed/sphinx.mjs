// What the Sphinx themes' sites have in common.

export const sphinx = (theme) => ({
  recipe: "sphinx",
  files: ({ blocks }) => ({
    "conf.py": `project = "Host"\nhtml_theme = "${theme}"\n${blocks["conf.py"]}\n`,
    "index.rst": `One\n===\n\n:doc:\`second <two>\`\n\n${blocks.page}\n\n.. toctree::\n\n   two\n`,
    "two.rst": `Two\n===\n\n${blocks.page}\n`,
  }),
  build: (out) => ["python3", "-m", "sphinx", "-q", "-W", "-b", "html", ".", out],
});
