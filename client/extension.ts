import * as vscode from 'vscode';
import { ClientCommand } from '../server/protocol';
import { auditWorkspace } from './audit/audit';
import { FindingsView } from './audit/findingsView';
import { saveAuditReport } from './audit/saveReport';
import { Findings } from './findings';
import { fixAllInActiveFile } from './fixAll';
import { createLanguageClient, restartServer } from './languageClient';
import { provideRulePages, showRuleDocumentation } from './ruleDocumentation';
import { createTypeCheck } from './typeCheck/typeCheck';

/** Wires commands and views to the language server, and starts it. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('Perf Hints', { log: true });
  const findings = new Findings();
  const client = createLanguageClient(context, output, findings);
  const view = new FindingsView(findings);
  const typeCheck = createTypeCheck(context, client);

  const commands = {
    'perfHints.auditWorkspace': async () => {
      const result = await auditWorkspace(client, findings);
      if (result) await view.showAudit(result);
      return result?.counts;
    },
    'perfHints.saveAudit': () => saveAuditReport(client),
    'perfHints.groupByRule': () => view.groupBy('rule'),
    'perfHints.groupByFile': () => view.groupBy('file'),
    'perfHints.fixAll': fixAllInActiveFile,
    'perfHints.restartServer': () => restartServer(client),
    'perfHints.showOutput': () => output.show(),
    [ClientCommand.showRuleDocumentation]: (rule?: string) => showRuleDocumentation(client, rule),
  };
  for (const [id, run] of Object.entries(commands)) {
    context.subscriptions.push(vscode.commands.registerCommand(id, run));
  }
  context.subscriptions.push(output, findings, view, typeCheck, provideRulePages(client), client);
  await client.start();
}
