import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { configFileName } from '../core/config/defaults';
import { createProject, type Project } from '../core/model/project';
import { type DocumentFacts, TYPE_CHECK_RECORD, type TypeCheckFacts } from '../core/syntax/documentFacts';
import { readDocument } from '../workspace/readDocument';
import { MAX_FILE_BYTES } from '../workspace/readSource';
import { FolderConfiguration } from './folderConfiguration';
import { isDiscovered } from './isDiscovered';
import { nearestSchema } from './nearestSchema';
import { OpenFacts } from './openFacts';
import { Texts } from './texts';

/** Told of what a folder can't do with a document; the rest goes on. */
export interface FolderTrouble {
  tooLong(file: string): void;
  failed(what: string, error: unknown): void;
}

/** A workspace folder as the server sees it: its texts, its project, its configuration. */
export class Folder {
  readonly texts: Texts;
  readonly configuration: FolderConfiguration;
  readonly #openFacts = new OpenFacts();
  /** Files whose open text has changed since the project was last asked for. */
  readonly #edited = new Set<string>();
  /** Files that changed on disk while the folder is being read. */
  #changedMeanwhile: Set<string> | undefined;
  /** Files that are open, but that nobody wants analysed: ignored by git, or a tool's. */
  readonly #foreign = new Set<string>();
  #isLoaded = false;
  #judged: ReadonlySet<string> = new Set();
  #project: Project = createProject(new Map());

  /** `root` is an absolute path; `open` finds the open document of a path; `isAlone`: no workspace folder. */
  constructor(
    readonly uri: string,
    readonly root: string,
    readonly isAlone: boolean,
    open: (path: string) => TextDocument | undefined,
    readonly trouble: FolderTrouble,
  ) {
    this.texts = new Texts(root, (file) => open(join(root, file)));
    this.configuration = new FolderConfiguration(() =>
      isAlone ? undefined : this.texts.document(configFileName)?.getText(),
    );
  }

  /** True once the whole folder has been read; before, the project holds what open documents need. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** The files that were judged when the folder was read; most of them say nothing, and are no documents. */
  get judged(): ReadonlySet<string> {
    return this.#judged;
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

  /** Takes note that a document was opened. */
  opened(file: string): void {
    if (!this.#isLoaded) this.#project = this.#project.with(this.#missing(nearestSchema(this.root, file)));
    if (!this.#isTracked(file)) this.#foreign.add(file);
    this.edited(file);
  }

  /** Takes note of a change; the facts are read when they are next needed. */
  edited(file: string): void {
    if (file === configFileName) this.configuration.changed();
    else this.#edited.add(file);
  }

  /** Returns to what the disk says of a file that was closed. */
  closed(file: string): void {
    this.#openFacts.forget(file);
    this.#edited.delete(file);
    this.#foreign.delete(file);
    this.changedOnDisk([file]);
  }

  /** Remembers what changes on disk until the folder is {@link loaded}. */
  beginReading(): void {
    this.#changedMeanwhile = new Set();
  }

  /** Starts anew from what was read from disk; open documents stay as they are. */
  loaded(project: Project, judged: ReadonlySet<string>, open: Iterable<string>): void {
    this.#isLoaded = true;
    this.#judged = judged;
    this.#project = project;
    for (const file of open) this.edited(file);
    const changed = this.#changedMeanwhile ?? [];
    this.#changedMeanwhile = undefined;
    this.changedOnDisk(changed);
  }

  /** Reads files again that have changed on disk; those that are gone go away, with all that lay in them. */
  changedOnDisk(paths: Iterable<string>): void {
    const changes = new Map<string, DocumentFacts | undefined>();
    for (const path of paths) {
      this.#changedMeanwhile?.add(path);
      this.texts.forget([path]);
      if (path === configFileName) this.configuration.changed();
      for (const file of [path, ...this.#knownBelow(path)]) {
        if (!this.texts.open(file)) changes.set(file, this.#isTracked(file) ? this.#factsOnDisk(file) : undefined);
      }
    }
    if (changes.size > 0) this.#project = this.project.with(changes);
  }

  /** Takes note of how the last type checks of its projects ended. */
  typeChecked(facts: TypeCheckFacts | undefined): void {
    this.#project = this.project.with(new Map([[TYPE_CHECK_RECORD, facts]]));
  }

  /** Lets go of files that are gone without anyone having said so. */
  forgetMissing(): void {
    const { documents } = this.#project;
    const files = [...documents.keys()].filter((file) => file !== TYPE_CHECK_RECORD);
    this.changedOnDisk(files.filter((file) => !existsSync(join(this.root, file))));
  }

  #factsOfOpen(file: string): DocumentFacts | undefined {
    const text = this.texts.open(file)?.getText();
    if (text === undefined || this.#foreign.has(file) || this.configuration.config.excludes(file)) return undefined;
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
    return this.configuration.config.excludes(file) ? undefined : readDocument(this.root, file).facts;
  }

  /** True for what reading the whole folder would read. Alone, a document is read whatever it is. */
  #isTracked(file: string): boolean {
    if (this.isAlone) return true;
    const isOutput = this.#project.schemas.some(({ outputs }) =>
      outputs.some((output) => output !== '' && file.startsWith(`${output}/`)),
    );
    return !isOutput && isDiscovered(this.root, file);
  }

  #knownBelow(path: string): string[] {
    return [...this.#project.documents.keys()].filter((file) => file.startsWith(`${path}/`));
  }

  #missing(files: readonly string[]): Map<string, DocumentFacts | undefined> {
    const missing = files.filter((file) => !this.#project.documents.has(file) && !this.texts.open(file));
    return new Map(missing.map((file) => [file, this.#factsOnDisk(file)]));
  }
}
