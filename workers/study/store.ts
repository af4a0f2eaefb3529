import { DatabaseSync } from "node:sqlite";
import { InputError } from "../../core/errors.ts";

/** Files of a store in its run folder. */
const DATABASE = "study.sqlite";
const LOCK = "study.lock";

/** Version of the tables. */
const STORE_VERSION = 1;

/**
 * What was computed in a run folder: contents under their keys, each written in a transaction of its own, so that whoever is killed at any moment loses
 * what was in flight and nothing else; and the plan that they belong to.
 *
 * Whoever opens a store to write holds its folder: a second one is refused. The lock goes with the process, however that ends.
 */
export class StudyStore implements Disposable {
  readonly #database: DatabaseSync;
  readonly #lock: Deno.FsFile | undefined;

  private constructor(database: DatabaseSync, lock?: Deno.FsFile) {
    this.#database = database;
    this.#lock = lock;
  }

  /**
   * Opens the store of an existing folder to go on with it, or makes it.
   *
   * @throws InputError where another process is at work there, or the store is damaged.
   */
  static open(folder: string): StudyStore {
    const lock = Deno.openSync(`${folder}/${LOCK}`, { create: true, write: true });
    try {
      if (!lock.tryLockSync(true)) {
        throw new InputError(`Another process is at work in "${folder}": wait until it ends, or give another folder with --out`);
      }
      const database = opened(`${folder}/${DATABASE}`, (database) => {
        database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        if (versionOf(database) === 0) {
          database.exec(`BEGIN;
            CREATE TABLE plan (id INTEGER PRIMARY KEY CHECK (id = 1), content TEXT NOT NULL);
            CREATE TABLE items (key TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID;
            PRAGMA user_version = ${STORE_VERSION};
            COMMIT`);
        }
      });
      return new StudyStore(database, lock);
    } catch (error) {
      lock.close();
      throw error;
    }
  }

  /** Opens the store of a folder to read it, also while another process is at work there. @throws InputError where there is none, or it is damaged. */
  static read(folder: string): StudyStore {
    const path = `${folder}/${DATABASE}`;
    try {
      Deno.statSync(path);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) throw new InputError(`Folder "${folder}" must be that of a study: it has no ${DATABASE}`);
      throw error;
    }
    return new StudyStore(opened(path, () => {}));
  }

  /** The plan's text; undefined where none was kept yet. */
  get plan(): string | undefined {
    return textOf(this.#database.prepare("SELECT content FROM plan").get());
  }

  set plan(content: string) {
    this.#database.prepare("INSERT INTO plan (id, content) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET content = excluded.content").run(
      content,
    );
  }

  /** Whether there is a content under a key. */
  has(key: string): boolean {
    return this.#database.prepare("SELECT 1 FROM items WHERE key = ?").get(key) !== undefined;
  }

  /** The content under a key. */
  get(key: string): string | undefined {
    return textOf(this.#database.prepare("SELECT content FROM items WHERE key = ?").get(key));
  }

  /** Keeps a content, in one transaction. What is there already stays. */
  put(key: string, content: string): void {
    this.#database.prepare("INSERT OR IGNORE INTO items (key, content) VALUES (?, ?)").run(key, content);
  }

  /** All contents with their keys. */
  *items(): Generator<{ readonly key: string; readonly content: string }> {
    for (const row of this.#database.prepare("SELECT key, content FROM items ORDER BY key").iterate()) {
      yield { key: String(row.key), content: String(row.content) };
    }
  }

  [Symbol.dispose](): void {
    this.#database.close();
    this.#lock?.close();
  }
}

/** Opens a database and looks at what it is. */
function opened(path: string, prepare: (database: DatabaseSync) => void): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    prepare(database);
    const version = versionOf(database);
    if (version !== STORE_VERSION) {
      throw new InputError(`Store "${path}" must be of version ${STORE_VERSION}: current version is ${version}`);
    }
    return database;
  } catch (error) {
    database.close();
    if (error instanceof InputError || !(error instanceof Error)) throw error;
    throw new InputError(`Cannot use the store "${path}": ${error.message}, remove it to start anew`);
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare("PRAGMA user_version").get()?.user_version);
}

function textOf(row: Record<string, unknown> | undefined): string | undefined {
  return row === undefined ? undefined : String(row.content);
}
