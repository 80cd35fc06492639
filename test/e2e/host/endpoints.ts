import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../support/until';
import { open } from './demo';

export function endpointsSuite(): void {
  describe('an endpoint', () => {
    it('says in a hover what a request costs', async () => {
      const { document } = await open('src/routes/reports.ts');
      const place = document.positionAt(document.getText().indexOf("get('/sales'") + 1);
      const hovers = () =>
        vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, place);
      const text = await until('a hover on the route', async () =>
        textOf(await hovers()).find((one) => /quer/.test(one)),
      );
      assert.match(text, /N\(stages\)/);
    });

    it('has a CodeLens where it is asked for', async () => {
      const { document } = await open('src/routes/reports.ts');
      const lenses = () =>
        vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 20);
      assert.deepEqual(await lenses(), []);
      const settings = vscode.workspace.getConfiguration('perfHints');
      await settings.update('codeLens.endpoints', true, vscode.ConfigurationTarget.Global);
      const shown = await until('a CodeLens', async () => {
        const found = await lenses();
        return found.length > 0 ? found : undefined;
      });
      assert.match(shown.map(({ command }) => command?.title).join('\n'), /N\(stages\)/);
      await settings.update('codeLens.endpoints', undefined, vscode.ConfigurationTarget.Global);
    });
  });
}

function textOf(hovers: readonly vscode.Hover[]): string[] {
  return hovers.flatMap(({ contents }) => contents.map((part) => (typeof part === 'string' ? part : part.value)));
}
