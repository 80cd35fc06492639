import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import packageJson from '../../../package.json';
import { until } from '../support/until';
import { noReportOf, open, reportOf, revert } from './demo';

export function commandsSuite(): void {
  describe('commands', () => {
    it('all exist that the palette offers', async () => {
      const known = new Set(await vscode.commands.getCommands(true));
      const offered = packageJson.contributes.commands.map(({ command }) => command);
      assert.deepEqual(
        offered.filter((command) => !known.has(command)),
        [],
      );
    });

    it('restart the server, which then knows the text in the editor', async () => {
      const { document, edit } = await open('src/jobs/dealDigest.ts');
      await reportOf('query-in-loop', document.uri);
      const finding = document.getText().indexOf('    const owner');
      const line = document.positionAt(finding).line;
      await edit((builder) =>
        builder.insert(new vscode.Position(line, 0), '    // perf-hints-ignore query-in-loop: a test\n'),
      );
      await noReportOf('query-in-loop', document.uri);
      await vscode.commands.executeCommand('perfHints.restartServer');
      await revert();
      await reportOf('query-in-loop', document.uri);
    });

    it('show the page of a rule, rendered', async () => {
      await vscode.commands.executeCommand('perfHints.showRuleDocumentation', 'query-in-loop');
      await until('the page is shown', () => {
        const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
        return tab?.input instanceof vscode.TabInputWebview && tab.label.includes('query-in-loop');
      });
    });
  });
}
