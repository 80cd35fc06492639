import type { ExportFact } from '../../syntax/typescript/facts';
import type { Endpoint, Framework } from './endpoint';
import { handlingOf } from './handlers';
import { isDirected, packageOf, pathWithin, routesOf, type Source, type Workspace } from './workspace';

const HTTP_METHODS = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;
/** Where the framework looks for files at all. */
const ROUTED = /(?:^|\/)(?:app|pages)\//;
const APP_FILE = /^(?:.*\/)?app\/((?:.*\/)?)(route|page|layout)\.[cm]?[jt]sx?$/;
const PAGES_FILE = /^(?:src\/)?pages\/(.*)\.[cm]?[jt]sx?$/;
const PAGE_DATA = /^(getServerSideProps|getStaticProps)$/;

/** Returns the route handlers, server components, API routes, page data functions and server actions of a Next.js file. */
export function readNextEndpoints(source: Source, workspace: Workspace): Endpoint[] {
  if (isDirected(source, 'use client')) return [];
  const actions = readActions(source, workspace);
  if (!ROUTED.test(source.file)) return actions;
  const own = packageOf(source.file, workspace.documents);
  if (!own.dependsOn(/^next$/)) return actions;
  const place = pathWithin(own.folder, source.file);
  const [, folders, role] = APP_FILE.exec(place) ?? [];
  if (folders !== undefined && role !== undefined) {
    return [...actions, ...readAppFile(source, urlOf(folders), role, workspace)];
  }
  const [, page] = PAGES_FILE.exec(place) ?? [];
  return page === undefined ? actions : [...actions, ...readPagesFile(source, page, workspace)];
}

function readAppFile(source: Source, url: string, role: string, workspace: Workspace): Endpoint[] {
  return source.facts.exports.flatMap((entry) => {
    if (role === 'route') {
      return HTTP_METHODS.test(entry.name) ? (made('next', entry.name, url, entry, source, workspace) ?? []) : [];
    }
    const method = entry.name === 'default' ? role : entry.name === 'generateMetadata' ? entry.name : undefined;
    return method === undefined ? [] : (made('next', method, url, entry, source, workspace) ?? []);
  });
}

function readPagesFile(source: Source, page: string, workspace: Workspace): Endpoint[] {
  const url = urlOf(page.replace(/(^|\/)index$/, ''));
  return source.facts.exports.flatMap((entry) => {
    if (PAGE_DATA.test(entry.name)) return made('next', entry.name, url, entry, source, workspace) ?? [];
    if (!page.startsWith('api/') || entry.name !== 'default') return [];
    const byMethod = readMethods(url, entry, source, workspace);
    return byMethod.length > 0 ? byMethod : (made('next', 'ALL', url, entry, source, workspace) ?? []);
  });
}

/** `export default withMiddlewares({ GET: …, POST: … })`: one for each method. */
function readMethods(url: string, entry: ExportFact, source: Source, workspace: Workspace): Endpoint[] {
  const { value } = workspace.definitions.resolve({ ...source, value: entry.value });
  if (value.kind !== 'call') return [];
  const around = handlingOf({ ...source, value: { ...value, arguments: [] } }, workspace).handler;
  return value.arguments.flatMap((argument) => {
    if (argument.kind !== 'object') return [];
    return argument.properties.flatMap(({ key, keyRange, value: held }): Endpoint[] => {
      if (!HTTP_METHODS.test(key)) return [];
      const endpoint = made('next', key, url, { name: key, value: held, range: keyRange }, source, workspace);
      return endpoint ? [{ ...endpoint, before: [...(around ? [around] : []), ...endpoint.before] }] : [];
    });
  });
}

/** `(marketing)/blog/[slug]/` → `/blog/[slug]`: groups and slots are no part of an address. */
function urlOf(folders: string): string {
  const parts = folders.split('/').filter((part) => part !== '' && !/^\([^.)]*\)$/.test(part) && !part.startsWith('@'));
  return `/${parts.join('/')}`;
}

/** Functions that a browser can call by name: all that a `'use server'` file exports, and those that say so themselves. */
function readActions(source: Source, workspace: Workspace): Endpoint[] {
  const { file, facts } = source;
  const exported = isDirected(source, 'use server')
    ? facts.exports.flatMap((entry) => {
        const { value } = entry;
        const isSafeAction = value.kind === 'call' && value.callee.kind === 'member' && value.callee.name === 'action';
        return made(isSafeAction ? 'next-safe-action' : 'next', 'action', entry.name, entry, source, workspace) ?? [];
      })
    : [];
  const inline = routesOf(facts, 'directive').flatMap((directive): Endpoint[] => {
    if (directive.function === 0 || directive.directive !== 'use server') return [];
    return [
      {
        framework: 'next',
        method: 'action',
        path: facts.functions[directive.function]?.name ?? '…',
        file,
        range: directive.range,
        handler: { file, function: directive.function },
        before: [],
      },
    ];
  });
  return [...exported, ...inline];
}

/** The endpoint that an export is; undefined for one that is no function: a configuration, a component made elsewhere. */
function made(
  framework: Framework,
  method: string,
  path: string,
  entry: ExportFact,
  source: Source,
  workspace: Workspace,
): Endpoint | undefined {
  const handling = handlingOf({ ...source, value: entry.value }, workspace);
  if (!handling.handler) return undefined;
  const range = entry.range ?? entry.value.range;
  return { framework, method, path, file: source.file, range, ...handling };
}
