import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { hangingCompiler, hangingProcess, typedProject, wrongFile, wrongText } from '../support/typedProject';
import { until } from '../support/until';
import { uriOf } from './demo';

const type = 'perf-hints-typecheck';

export function typeCheckSuite(): void {
  describe('a type check', () => {
    it('is offered as tasks for each project', async () => {
      const tasks = await offered();
      assert.deepEqual(
        tasks.map(({ definition }) => definition.mode),
        ['incremental', 'cold', 'onSave'],
      );
    });

    it('puts what is wrong in closed files into Problems, until it is right', async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await run('incremental');
      const [error, ...others] = await until('the error is listed', () => {
        const errors = vscode.languages.getDiagnostics(uriOf(wrongFile));
        return errors.length > 0 && errors;
      });
      assert.equal(String(error?.code), '2322');
      assert.equal(error?.range.start.line, 0);
      assert.deepEqual(others, []);
      await write('export const count: number = 3;\n');
      await run('incremental');
      await until('the error is gone', () => vscode.languages.getDiagnostics(uriOf(wrongFile)).length === 0);
    });

    it('is compared with the runs before', async () => {
      await run('cold');
      await vscode.commands.executeCommand('perfHints.typeCheck.compare', target());
      await until('the page is shown', () => {
        const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
        return tab?.input instanceof vscode.TabInputWebview && tab.label.includes(typedProject);
      });
    });

    it('runs again after a save, when that is wished for', async () => {
      await vscode.commands.executeCommand('perfHints.typeCheck.runOnSave', target());
      const document = await vscode.workspace.openTextDocument(uriOf('app/src/right.ts'));
      const editor = await vscode.window.showTextDocument(document);
      const ended = nextEnd();
      await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), '// edited\n'));
      await document.save();
      assert.equal(await ended, typedProject);
      await vscode.commands.executeCommand('perfHints.typeCheck.stopRunOnSave', target());
    });

    it('leaves no process behind when it is stopped', async () => {
      const settings = vscode.workspace.getConfiguration('perfHints.typeCheck');
      await settings.update('tscPath', hangingCompiler, vscode.ConfigurationTarget.Workspace);
      void vscode.commands.executeCommand('perfHints.typeCheck.run', target());
      const pid = await until('the compiler runs', () => {
        const file = uriOf(hangingProcess).fsPath;
        return existsSync(file) && Number(readFileSync(file, 'utf8'));
      });
      await vscode.commands.executeCommand('perfHints.typeCheck.stop', target());
      await until('the compiler is gone', () => !isRunning(pid));
      await settings.update('tscPath', undefined, vscode.ConfigurationTarget.Workspace);
    });
  });
}

/** What a row of the view hands to its commands. */
function target(): { readonly project: object } {
  const folder = uriOf('').toString().replace(/\/$/, '');
  return { project: { folder, uri: uriOf(typedProject).toString(), path: typedProject, references: [] } };
}

function offered(): Promise<vscode.Task[]> {
  return until('the project is known', async () => {
    const tasks = await vscode.tasks.fetchTasks({ type });
    const own = tasks.filter(({ definition }) => definition.tsconfig === typedProject);
    return own.length > 0 && own;
  });
}

async function run(mode: string): Promise<void> {
  const task = (await offered()).find(({ definition }) => definition.mode === mode);
  assert(task, `a task of mode ${mode}`);
  const ended = nextEnd();
  await vscode.tasks.executeTask(task);
  await ended;
}

/** The project of the next run that ends. */
function nextEnd(): Promise<string> {
  return new Promise((resolve) => {
    const subscription = vscode.tasks.onDidEndTask(({ execution }) => {
      const { definition } = execution.task;
      if (definition.type !== type) return;
      subscription.dispose();
      resolve(definition.tsconfig);
    });
  });
}

async function write(text: string): Promise<void> {
  assert.notEqual(text, wrongText);
  await vscode.workspace.fs.writeFile(uriOf(wrongFile), new TextEncoder().encode(text));
}

/** Zero asks whether a process is there, and sends it nothing. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
