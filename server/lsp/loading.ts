import type { WorkDoneProgressServerReporter } from 'vscode-languageserver/node';
import { counted } from '../report/report';
import { engineId } from '../workspace/engineId';
import { cacheFileOf, FactsCache } from '../workspace/factsCache';
import { loadProject } from '../workspace/loadProject';
import { noSchema } from '../workspace/notes';
import type { Folder } from './folder';
import type { Session } from './session';

/** Another branch was checked out: reading so many at once would keep an editor waiting. */
const MANY_FILES = 200;

/** Reads workspace folders in the background; open documents are served meanwhile. */
export class Loading {
  /** What was excluded when a folder was last read. */
  readonly #exclusions = new WeakMap<Folder, string>();
  readonly #running = new Map<Folder, { readonly abort: AbortController; readonly done: Promise<void> }>();

  /** `onLoaded` is called after each folder that was read to the end. */
  constructor(
    readonly session: Session,
    readonly onLoaded: (folder: Folder) => void,
  ) {}

  /** Begins to read a folder, anew if it was being read already. Never rejects. */
  start(folder: Folder): Promise<void> {
    this.stop(folder);
    this.#exclusions.set(folder, folder.configuration.exclusions);
    folder.beginReading();
    const abort = new AbortController();
    const done = this.#load(folder, abort).catch((error: unknown) => {
      if (abort.signal.aborted) this.session.log.info(`${folder.root}: reading was cancelled.`);
      else this.session.log.failure(`Reading ${folder.root}`, error);
    });
    const run = { abort, done: done.finally(() => this.#finished(folder, abort)) };
    this.#running.set(folder, run);
    return run.done;
  }

  /** Reads files of a folder that changed on disk: one by one, or with all others where they are many. */
  async update(folder: Folder, files: readonly string[]): Promise<void> {
    if (files.length > MANY_FILES) {
      await this.start(folder);
    } else {
      folder.changedOnDisk(files);
      await this.restartIfExclusionsChanged(folder);
    }
  }

  /** Reads a folder anew if what is excluded has changed since it was read. */
  async restartIfExclusionsChanged(folder: Folder): Promise<void> {
    if (this.#exclusions.has(folder) && this.#exclusions.get(folder) !== folder.configuration.exclusions) {
      await this.start(folder);
    }
  }

  /** Reads a folder unless that is done or under way; resolves when nobody reads it (any more). */
  async read(folder: Folder): Promise<void> {
    if (!folder.isLoaded && !this.#running.has(folder)) this.start(folder);
    for (let run = this.#running.get(folder); run; run = this.#running.get(folder)) await run.done;
  }

  stop(folder: Folder): void {
    this.#running.get(folder)?.abort.abort();
    this.#running.delete(folder);
  }

  stopAll(): void {
    for (const folder of [...this.#running.keys()]) this.stop(folder);
  }

  #finished(folder: Folder, abort: AbortController): void {
    if (this.#running.get(folder)?.abort === abort) this.#running.delete(folder);
  }

  async #load(folder: Folder, abort: AbortController): Promise<void> {
    const progress = await this.#beginProgress(abort);
    const cache = this.#openCache(folder);
    try {
      const { signal } = abort;
      const { project, analysed, notes } = await loadProject(folder.root, {
        signal,
        config: folder.configuration.config,
        cache,
        onProgress: (done, total) =>
          progress?.report(Math.floor((100 * done) / Math.max(total, 1)), `${done} of ${total} files`),
      });
      signal.throwIfAborted();
      folder.loaded(project, analysed, this.#openFilesOf(folder));
      for (const { file, message } of notes) this.session.log.info(`${file}: ${message}`);
      this.session.log.info(`${folder.root}: ${counted(analysed.size, 'file')} analysed.`);
      if (project.schemas.length === 0) this.session.log.info(`${folder.root}: ${noSchema}`);
      this.onLoaded(folder);
    } finally {
      progress?.done();
    }
    const unsaved = await cache?.save();
    if (unsaved) this.session.log.info(`${folder.root}: what was read is ${unsaved}`);
  }

  #openCache({ root }: Folder): FactsCache | undefined {
    const { storagePath } = this.session.client;
    const engine = storagePath === undefined ? undefined : engineId();
    return storagePath === undefined || engine === undefined
      ? undefined
      : FactsCache.open(cacheFileOf(storagePath, root), engine);
  }

  #openFilesOf(folder: Folder): string[] {
    return this.session.documents.all().flatMap((document) => {
      const place = this.session.folders.placeOf(document);
      return place?.folder === folder ? [place.file] : [];
    });
  }

  async #beginProgress(abort: AbortController): Promise<WorkDoneProgressServerReporter | undefined> {
    if (!this.session.client.createsProgress) return undefined;
    const progress = await this.session.connection.window.createWorkDoneProgress();
    progress.begin('Perf Hints', 0, 'looking for files', true);
    progress.token.onCancellationRequested(() => abort.abort());
    return progress;
  }
}
