// Modules that load on intent. Asking for one that isn't there starts it; `changed` is called when it is there, and
// with the error when it could not be had: then an asking after a rest tries again, not the one that shows the error.

const REST_MS = 5000;

export function keepIntents(changed) {
  const loaded = new Map();
  return (name, load) => {
    if (!loaded.has(name)) {
      loaded.set(name, null);
      load().then(
        (module) => {
          loaded.set(name, module);
          changed();
        },
        (error) => {
          setTimeout(() => loaded.delete(name), REST_MS);
          changed(error);
        },
      );
    }
    return loaded.get(name);
  };
}
