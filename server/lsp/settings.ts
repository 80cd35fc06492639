import { DidChangeConfigurationNotification } from 'vscode-languageserver/node';
import type { RuleSetting } from '../core/config';
import { ruleSettings } from '../core/config/readConfig';
import { ruleMetas } from '../core/rules/ruleMetas';
import type { Folder } from './folder';
import type { EditorSettings } from './folderConfiguration';
import type { Session } from './session';

const SECTION = 'perfHints';

/** Asks a client that can to tell when its settings change. */
export async function registerSettings({ connection, client, log }: Session): Promise<void> {
  if (!client.registersConfiguration) return;
  try {
    await connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
  } catch (error) {
    log.failure('Watching settings', error);
  }
}

/** Pulls the editor's settings for some folders. Never rejects: a client without settings has the defaults. */
export async function pullSettings({ connection, client, log }: Session, folders: readonly Folder[]): Promise<void> {
  if (!client.configuration || folders.length === 0) return;
  try {
    const items = folders.map(({ uri }) => ({ scopeUri: uri, section: SECTION }));
    const answers: unknown[] = await connection.workspace.getConfiguration(items);
    for (const [index, folder] of folders.entries()) {
      const { settings, problems } = readSettings(answers[index]);
      folder.configuration.use(settings);
      for (const problem of problems) log.warn(`Settings of ${folder.root}: ${problem}`);
    }
  } catch (error) {
    log.failure('workspace/configuration', error);
  }
}

/** Takes over the settings that a client sent by itself, as those do that can't be asked. */
export function takeSettings({ client, log }: Session, folders: readonly Folder[], sent: unknown): void {
  const section = asRecord(sent)[SECTION];
  if (client.configuration || section === undefined) return;
  const { settings, problems } = readSettings(section);
  for (const folder of folders) folder.configuration.use(settings);
  for (const problem of problems) log.warn(`Settings: ${problem}`);
}

/** Reads the `perfHints` section of an editor's settings. What is not understood is told, the rest counts. */
function readSettings(section: unknown): { settings: EditorSettings; problems: readonly string[] } {
  const { enable, rules, exclude, codeLens } = asRecord(section);
  const known: Record<string, RuleSetting> = {};
  const problems: string[] = [];
  for (const [rule, value] of Object.entries(asRecord(rules))) {
    const setting = ruleSettings.find((each) => each === value);
    if (!ruleMetas.some(({ id }) => id === rule)) problems.push(`perfHints.rules: there is no rule "${rule}".`);
    else if (setting === undefined) problems.push(`perfHints.rules: "${rule}" can be ${ruleSettings.join(', ')}.`);
    else known[rule] = setting;
  }
  const globs = Array.isArray(exclude) ? exclude.filter((glob) => typeof glob === 'string') : [];
  const endpointLenses = asRecord(codeLens).endpoints === true;
  return { settings: { enable: enable !== false, endpointLenses, rules: known, exclude: globs }, problems };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
