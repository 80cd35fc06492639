import * as vscode from 'vscode';
import type { AuditResult } from '../../server/protocol';
import type { Findings } from '../findings';
import { summarise } from './audit';
import { FindingsTree, type Grouping } from './findingsTree';

const viewId = 'perfHints.findings';

/** The Findings view in the side bar. Its commands follow the context keys `perfHints.audited` and `.grouping`. */
export class FindingsView implements vscode.Disposable {
  readonly #tree: FindingsTree;
  readonly #view: vscode.TreeView<unknown>;
  readonly #subscription: vscode.Disposable;

  constructor(findings: Findings) {
    this.#tree = new FindingsTree(findings);
    this.#view = vscode.window.createTreeView(viewId, { treeDataProvider: this.#tree, showCollapseAll: true });
    this.#subscription = findings.onDidChange(() => this.#showTotal());
    this.groupBy('rule');
  }

  groupBy(grouping: Grouping): void {
    this.#tree.groupBy(grouping);
    setContext('grouping', grouping);
  }

  /** Shows what an audit found, and that there was one. */
  async showAudit(result: AuditResult): Promise<void> {
    setContext('audited', true);
    this.#view.message = summarise(result);
    this.#showTotal();
    await vscode.commands.executeCommand(`${viewId}.focus`, { preserveFocus: true });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#view.dispose();
  }

  #showTotal(): void {
    const { total } = this.#tree;
    this.#view.badge = total === 0 ? undefined : { value: total, tooltip: `${total} findings` };
  }
}

function setContext(key: string, value: unknown): void {
  void vscode.commands.executeCommand('setContext', `perfHints.${key}`, value);
}
