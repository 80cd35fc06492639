import { join } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createSources } from '../core/fixes/createSources';
import type { Sources } from '../core/fixes/sources';
import { readText } from '../workspace/readSource';
import { timestampFrom } from '../workspace/timestamp';
import { uriOf } from './uris';

/** The version of a document that is not open: there is none to ask the client for. */
const ON_DISK = -1;

const KEPT_FROM_DISK = 64;

/** The texts of one workspace folder: those that are open first, then the disk. */
export class Texts {
  readonly #fromDisk = new Map<string, TextDocument>();

  /** `open` finds the open document of a file; files are relative to `root`, with `/`. */
  constructor(
    readonly root: string,
    readonly open: (file: string) => TextDocument | undefined,
  ) {}

  /** The document of a file, open or not; undefined where it is gone or unreadable. */
  readonly document = (file: string): TextDocument | undefined => this.open(file) ?? this.#read(file);

  /** Forgets what was read of these files: they have changed on disk. */
  forget(files: Iterable<string>): void {
    for (const file of files) this.#fromDisk.delete(file);
  }

  /** The URI of a file, there or not. */
  readonly uri = (file: string): string => uriOf(join(this.root, file));

  /** The texts as fixes want them; as of now, so not to be kept. */
  sources(): Sources {
    return createSources((file) => this.document(file)?.getText(), timestampFrom(Date.now()));
  }

  #read(file: string): TextDocument | undefined {
    const known = this.#fromDisk.get(file);
    if (known) return known;
    const text = readText(this.root, file);
    if (text === undefined) return undefined;
    const document = TextDocument.create(this.uri(file), '', ON_DISK, text);
    const [oldest] = this.#fromDisk.keys();
    if (oldest !== undefined && this.#fromDisk.size >= KEPT_FROM_DISK) this.#fromDisk.delete(oldest);
    this.#fromDisk.set(file, document);
    return document;
  }
}
