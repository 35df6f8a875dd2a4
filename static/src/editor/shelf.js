// Photos that are not sent yet, kept on this device (IndexedDB), so that leaving the page, a crash
// or an empty battery loses none. Signing out empties it (app/drafts.js). Where the browser keeps
// nothing, nothing is kept: leaving the page warns anyway.

const DATABASE = "photos";
const STORE = "unsent";
const KEPT_FOR = 7 * 24 * 3600 * 1000; // ms

/** @param owner whose photos: the same for one person and one text */
export function createShelf(owner) {
  return {
    /** Keeps a file; answers what remove() wants, null when it could not be kept. */
    put: (file) =>
      use("readwrite", (store) => store.add({ owner, file, time: Date.now() })).catch(() => null),

    remove: (id) => use("readwrite", (store) => store.delete(id)).catch(() => null),

    /** What was put and not removed, oldest first: [{ id, file }]. What is too old is thrown away. */
    async all() {
      const [ids, records] = await Promise.all([
        use("readonly", (store) => store.getAllKeys()),
        use("readonly", (store) => store.getAll()),
      ]).catch(() => [[], []]);
      const kept = records.map((record, i) => ({ ...record, id: ids[i] }));
      const isOld = ({ time }) => Date.now() - time > KEPT_FOR;
      kept.filter(isOld).forEach(({ id }) => this.remove(id));
      return kept.filter((record) => record.owner === owner && !isOld(record));
    },
  };
}

/** One request in one transaction; the database is not held open, so that it can be deleted. */
function use(mode, ask) {
  return new Promise((done, failed) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { autoIncrement: true });
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const work = database.transaction(STORE, mode);
      const request = ask(work.objectStore(STORE));
      work.oncomplete = () => done(request.result);
      work.onabort = () => failed(work.error);
      database.onversionchange = () => database.close();
      database.close();
    };
  });
}
