import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  type TypeCheckComparison,
  TypeCheckComparisonMethod,
  type TypeCheckComparisonParams,
  type TypeCheckProject,
} from '../../server/protocol';

const viewType = 'perfHints.typeCheckComparison';
const formats = ['Markdown', 'JSON'];

/** Pages that show a project's runs beside each other, one a project. */
export class ComparisonPages implements vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #open = new Map<string, vscode.WebviewPanel>();

  constructor(client: LanguageClient) {
    this.#client = client;
  }

  /** Opens a project's page, or brings it to the front; says so where there is nothing to compare. */
  async show(project: TypeCheckProject): Promise<void> {
    const comparison = await this.#compare(project);
    if (!comparison) return;
    const open = this.#open.get(project.uri);
    const panel = open ?? this.#create(project);
    panel.webview.html = page(project.path, comparison.html);
    if (open) panel.reveal();
  }

  /** Brings a page that is open up to date, and leaves it where it is. */
  async update(project: TypeCheckProject): Promise<void> {
    const panel = this.#open.get(project.uri);
    const comparison = panel && (await this.#compare(project));
    if (panel && comparison && this.#open.has(project.uri)) panel.webview.html = page(project.path, comparison.html);
  }

  /** Opens a project's runs as an untitled document, in a format that the person chooses. */
  async export(project: TypeCheckProject): Promise<void> {
    const comparison = await this.#compare(project);
    if (!comparison) return;
    const format = await vscode.window.showQuickPick(formats, { title: 'Export the runs as' });
    if (!format) return;
    const isJson = format === 'JSON';
    const document = await vscode.workspace.openTextDocument({
      language: isJson ? 'json' : 'markdown',
      content: isJson ? comparison.json : comparison.markdown,
    });
    await vscode.window.showTextDocument(document);
  }

  dispose(): void {
    for (const panel of this.#open.values()) panel.dispose();
  }

  async #compare(project: TypeCheckProject): Promise<TypeCheckComparison | null> {
    const params: TypeCheckComparisonParams = { project: project.uri };
    const comparison = await this.#client.sendRequest<TypeCheckComparison | null>(TypeCheckComparisonMethod, params);
    if (!comparison)
      void vscode.window.showInformationMessage(`${project.path} was never run: there is nothing to compare.`);
    return comparison;
  }

  #create(project: TypeCheckProject): vscode.WebviewPanel {
    const title = `Type Check: ${project.path}`;
    const panel = vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Active, {
      enableScripts: false,
      enableFindWidget: true,
      localResourceRoots: [],
    });
    this.#open.set(project.uri, panel);
    panel.onDidDispose(() => this.#open.delete(project.uri));
    return panel;
  }
}

function page(title: string, body: string): string {
  const escaped = title.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped}</title>
</head>
<body>${body}</body>
</html>`;
}
