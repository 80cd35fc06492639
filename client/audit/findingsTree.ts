import * as vscode from 'vscode';
import { type FileFindings, type Findings, ruleOf } from '../findings';

/** How the tree is grouped. */
export type Grouping = 'rule' | 'file';

interface Finding {
  readonly kind: 'finding';
  readonly uri: vscode.Uri;
  readonly diagnostic: vscode.Diagnostic;
}

interface Group {
  readonly kind: 'group';
  /** The rule's id or the file's path in the workspace. */
  readonly label: string;
  /** Set where the group is a file. */
  readonly file?: vscode.Uri;
  readonly findings: readonly Finding[];
}

type Node = Group | Finding;

/** The audit's findings as a tree of two levels. */
export class FindingsTree implements vscode.TreeDataProvider<Node> {
  readonly #findings: Findings;
  readonly #changed = new vscode.EventEmitter<undefined>();
  #grouping: Grouping = 'rule';

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(findings: Findings) {
    this.#findings = findings;
    findings.onDidChange(() => this.#changed.fire(undefined));
  }

  /** How many findings the tree shows. */
  get total(): number {
    return this.#findings.audited.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0);
  }

  groupBy(grouping: Grouping): void {
    this.#grouping = grouping;
    this.#changed.fire(undefined);
  }

  getChildren(node?: Node): Node[] {
    if (node) return node.kind === 'group' ? [...node.findings] : [];
    return this.#grouping === 'rule' ? groupsByRule(this.#findings.audited) : groupsByFile(this.#findings.audited);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return node.kind === 'group' ? groupItem(node) : findingItem(node, this.#grouping);
  }
}

function groupsByRule(files: readonly FileFindings[]): Group[] {
  const byRule = new Map<string, Finding[]>();
  for (const finding of files.flatMap(findingsOf)) {
    const rule = ruleOf(finding.diagnostic);
    byRule.set(rule, [...(byRule.get(rule) ?? []), finding]);
  }
  return [...byRule]
    .map(([label, findings]): Group => ({ kind: 'group', label, findings }))
    .sort((a, b) => worst(a) - worst(b) || b.findings.length - a.findings.length || a.label.localeCompare(b.label));
}

function groupsByFile(files: readonly FileFindings[]): Group[] {
  return files
    .map((file): Group => ({ kind: 'group', label: pathOf(file.uri), file: file.uri, findings: findingsOf(file) }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

function findingsOf({ uri, diagnostics }: FileFindings): Finding[] {
  return [...diagnostics]
    .sort((a, b) => a.range.start.compareTo(b.range.start))
    .map((diagnostic) => ({ kind: 'finding', uri, diagnostic }));
}

function worst({ findings }: Group): vscode.DiagnosticSeverity {
  return Math.min(...findings.map(({ diagnostic }) => diagnostic.severity));
}

function pathOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri);
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

function groupItem(group: Group): vscode.TreeItem {
  const item = new vscode.TreeItem(group.label, vscode.TreeItemCollapsibleState.Expanded);
  item.id = group.label;
  item.description = String(group.findings.length);
  item.iconPath = group.file ? vscode.ThemeIcon.File : iconOf(worst(group));
  if (group.file) item.resourceUri = group.file;
  return item;
}

function findingItem({ uri, diagnostic }: Finding, grouping: Grouping): vscode.TreeItem {
  const { message, range, severity } = diagnostic;
  const line = range.start.line + 1;
  // A side bar is narrow: what tells the findings of a group apart comes first.
  const item = new vscode.TreeItem(grouping === 'rule' ? `${nameOf(uri)}:${line}` : `${line}: ${ruleOf(diagnostic)}`);
  item.description = message;
  item.tooltip = `${message}\n${pathOf(uri)}:${line}`;
  item.iconPath = iconOf(severity);
  item.command = { command: 'vscode.open', title: 'Open', arguments: [uri, { selection: range }] };
  return item;
}

function iconOf(severity: vscode.DiagnosticSeverity): vscode.ThemeIcon {
  if (severity === vscode.DiagnosticSeverity.Hint) return new vscode.ThemeIcon('lightbulb');
  if (severity === vscode.DiagnosticSeverity.Information) {
    return new vscode.ThemeIcon('info', new vscode.ThemeColor('list.deemphasizedForeground'));
  }
  return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
}
