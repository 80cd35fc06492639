import { join } from 'node:path';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Config, type ConfigProblem, type ConfigSettings, makeConfig } from '../core/config';
import { configFileName } from '../core/config/defaults';
import { readConfig } from '../core/config/readConfig';
import { createProject, type Project } from '../core/model/project';
import type { DocumentFacts } from '../core/syntax/documentFacts';
import { readDocument } from '../workspace/readDocument';
import { MAX_FILE_BYTES } from '../workspace/readSource';
import { isDiscovered } from './isDiscovered';
import { nearestSchema } from './nearestSchema';
import { OpenFacts } from './openFacts';
import { Texts } from './texts';

/** What the editor's settings say for a folder. */
export interface EditorSettings extends ConfigSettings {
  readonly enable: boolean;
}

/** Told of what a folder can't do with a document; the rest goes on. */
export interface FolderTrouble {
  tooLong(file: string): void;
  failed(what: string, error: unknown): void;
}

/** A workspace folder as the server sees it: its texts, its project, its configuration. */
export class Folder {
  readonly texts: Texts;
  readonly #openFacts = new OpenFacts();
  /** Files whose open text has changed since the project was last asked for. */
  readonly #edited = new Set<string>();
  /** Files that the project knows from disk, and so keeps when they are closed. */
  #onDisk: ReadonlySet<string> | undefined;
  #project: Project = createProject(new Map());
  #settings: EditorSettings = { enable: true };
  #config: { readonly config: Config; readonly problems: readonly ConfigProblem[] } | undefined;

  /** `root` is an absolute path; `open` finds the open document of a path; `isAlone`: no workspace folder. */
  constructor(
    readonly uri: string,
    readonly root: string,
    readonly isAlone: boolean,
    open: (path: string) => TextDocument | undefined,
    readonly trouble: FolderTrouble,
  ) {
    this.texts = new Texts(root, (file) => open(join(root, file)));
  }

  /** True once the whole folder has been read; before, the project holds what open documents need. */
  get isLoaded(): boolean {
    return this.#onDisk !== undefined;
  }

  get isEnabled(): boolean {
    return this.#settings.enable;
  }

  /** The folder's configuration: its config file (unsaved text first), then the editor's settings. */
  get config(): Config {
    return this.#readConfig().config;
  }

  /** What is wrong in the config file. */
  get configProblems(): readonly ConfigProblem[] {
    return this.#readConfig().problems;
  }

  /** The project with every open document as it stands now. */
  get project(): Project {
    if (this.#edited.size > 0) {
      const changes = new Map([...this.#edited].map((file) => [file, this.#factsOfOpen(file)]));
      this.#edited.clear();
      this.#project = this.#project.with(changes);
    }
    return this.#project;
  }

  configure(settings: EditorSettings): void {
    this.#settings = settings;
    this.#config = undefined;
  }

  /** Takes note that a document was opened. */
  opened(file: string): void {
    if (!this.isLoaded) this.#project = this.#project.with(this.#missing(nearestSchema(this.root, file)));
    this.edited(file);
  }

  /** Takes note of a change; the facts are read when they are next needed. */
  edited(file: string): void {
    if (file === configFileName) this.#config = undefined;
    else this.#edited.add(file);
  }

  /** Returns to what the disk says of a file that was closed. */
  closed(file: string): void {
    this.#openFacts.forget(file);
    this.#edited.delete(file);
    this.texts.forget([file]);
    if (file === configFileName) this.#config = undefined;
    else this.replace(new Map([[file, this.#keepsClosed(file) ? this.#factsOnDisk(file) : undefined]]));
  }

  /** Starts anew from what was read from disk; open documents stay as they are. */
  loaded(project: Project, open: Iterable<string>): void {
    this.#onDisk = new Set(project.documents.keys());
    this.#project = project;
    for (const file of open) this.edited(file);
  }

  /** Reads files again that changed on disk; those that are gone go away. */
  changedOnDisk(files: Iterable<string>): void {
    const tracked = [...files].filter((file) => this.#onDisk?.has(file) || isDiscovered(this.root, file));
    const read = tracked.filter((file) => !this.config.excludes(file));
    this.replace(new Map(read.map((file) => [file, this.#factsOnDisk(file)])));
  }

  /** Takes over facts that were read from disk (`undefined`: the file is gone), except of open documents. */
  replace(facts: ReadonlyMap<string, DocumentFacts | undefined>): void {
    this.texts.forget(facts.keys());
    const changes = new Map([...facts].filter(([file]) => !this.texts.open(file)));
    if (changes.size > 0) this.#project = this.project.with(changes);
    if (this.#onDisk) this.#onDisk = withChanges(this.#onDisk, facts);
  }

  /** Reads the config file again when next asked: it has changed on disk. */
  configChanged(): void {
    this.#config = undefined;
  }

  #factsOfOpen(file: string): DocumentFacts | undefined {
    const text = this.texts.open(file)?.getText();
    if (text === undefined || this.config.excludes(file)) return undefined;
    if (text.length > MAX_FILE_BYTES) {
      this.trouble.tooLong(file);
      return undefined;
    }
    try {
      return this.#openFacts.read(file, text);
    } catch (error) {
      this.trouble.failed(`Reading ${file}`, error);
      return undefined;
    }
  }

  #factsOnDisk(file: string): DocumentFacts | undefined {
    return readDocument(this.root, file).facts;
  }

  #keepsClosed(file: string): boolean {
    return this.#onDisk ? this.#onDisk.has(file) : file.endsWith('.prisma');
  }

  #missing(files: readonly string[]): Map<string, DocumentFacts | undefined> {
    const missing = files.filter((file) => !this.#project.documents.has(file) && !this.texts.open(file));
    return new Map(missing.map((file) => [file, this.#factsOnDisk(file)]));
  }

  #readConfig(): { readonly config: Config; readonly problems: readonly ConfigProblem[] } {
    if (!this.#config) {
      const text = this.isAlone ? undefined : this.texts.document(configFileName)?.getText();
      const { settings, problems } = text === undefined ? { settings: {}, problems: [] } : readConfig(text);
      this.#config = { config: makeConfig(settings, this.#settings), problems };
    }
    return this.#config;
  }
}

function withChanges(files: ReadonlySet<string>, facts: ReadonlyMap<string, DocumentFacts | undefined>): Set<string> {
  const result = new Set(files);
  for (const [file, read] of facts) {
    if (read) result.add(file);
    else result.delete(file);
  }
  return result;
}
