import { type Config, type ConfigProblem, type ConfigSettings, makeConfig } from '../core/config';
import { readConfig } from '../core/config/readConfig';

/** What the editor's settings say for a folder. */
export interface EditorSettings extends ConfigSettings {
  readonly enable: boolean;
  /** Whether to show above endpoints what they cost. */
  readonly endpointLenses: boolean;
}

interface Read {
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
  readonly exclusions: string;
}

/** The configuration of one workspace folder: its config file, then the editor's settings; read when asked for. */
export class FolderConfiguration {
  #settings: EditorSettings = { enable: true, endpointLenses: false };
  #read: Read | undefined;

  /** `textOfFile` gives the text of the config file as it stands, if there is one. */
  constructor(readonly textOfFile: () => string | undefined) {}

  get isEnabled(): boolean {
    return this.#settings.enable;
  }

  get showsEndpointLenses(): boolean {
    return this.#settings.enable && this.#settings.endpointLenses;
  }

  get config(): Config {
    return this.#current().config;
  }

  /** What is wrong in the config file. */
  get problems(): readonly ConfigProblem[] {
    return this.#current().problems;
  }

  /** Names what is not read at all: another name means that the folder has to be read anew. */
  get exclusions(): string {
    return this.#current().exclusions;
  }

  /** Takes over the editor's settings. */
  use(settings: EditorSettings): void {
    this.#settings = settings;
    this.#read = undefined;
  }

  /** Takes note that the config file has changed. */
  changed(): void {
    this.#read = undefined;
  }

  #current(): Read {
    if (!this.#read) {
      const text = this.textOfFile();
      const { settings, problems } = text === undefined ? { settings: {}, problems: [] } : readConfig(text);
      const config = makeConfig(settings, this.#settings);
      const exclusions = JSON.stringify([settings.exclude, this.#settings.exclude]);
      this.#read = { config, problems, exclusions };
    }
    return this.#read;
  }
}
