import { outsidePackageNames } from './outsidePackages';

/**
 * What a file must mention to hold a query, a client, or a way to one. Every expression here is linear in
 * the length of the text: no nested repetition, no unbounded one before an alternative.
 */
const QUERIES =
  /\b(?:find(?:Many|Unique|First)(?:OrThrow)?|(?:create|update)Many(?:AndReturn)?|deleteMany|aggregateRaw|findRaw)\b|\$(?:queryRaw|executeRaw|transaction|extends)/;
/** Names that other libraries have too: only behind two members, `prisma.user.create(`; looked for from the rare end. */
const SHORT_OPERATIONS =
  /\.\s*(?:create|update|delete|count|upsert|groupBy|aggregate)\s*\((?<=[\w$)\]]\s*[?!]?\.\s*[\w$]+\s*[?!]?\.\s*\w+\s*\()/;
/** `const users = prisma.user;`: the operations that follow stand behind one member. */
const DELEGATES = /\b(?:prisma\w*|db|tx)\.\w+\s*[;,)\n]/i;
const CLIENTS = /PrismaClient|TransactionClient|\bexport\b[^;\n]{0,300}\b(?:prisma|db)\b/i;
const NETWORK = /await\s+(?:fetch|axios|got|ky|ofetch|\$fetch|undici)\b/;
/** Short lists, objects and enums of plain values: a loop over one has few rounds, wherever it stands. */
const SHORT_LISTS = /^export\s+(?:const\s+\w+[^=\n;]{0,80}=\s*|(?:const\s+)?enum\s+\w+\s*)[[{][^[\]{}()]{0,300}[\]}]/m;
/** What a `next.config` may set in vain. */
const NEXT_SETTINGS = /\b(?:swcMinify|optimizeFonts)\b|\.\s*cache\s*=\s*false\b/;
const REEXPORT = /^[ \t]*export\s*(?:\*|\{[^}]*\})\s*(?:as\s+\w+\s*)?from\b/m;
/** Larger files that export from others do so beside code of their own, which the other tests judge. */
const MAX_BARREL_LENGTH = 24_000;

/** A route's file that only gives its place to a handler that is written elsewhere. */
const PASSES_ON = /^export default \w+;?\s*$/m;
const MAX_PASSING_LENGTH = 600;

/** What leads to a query elsewhere waits for it. */
const WAITS = /\bawait\b|\basync\b|\.then\s*\(|\bPromise\b/;
/** What names a handler without waiting: routers, controllers, resolvers, handlers made by a wrapper. */
const ROUTES = new RegExp(
  [
    /\.(?:get|post|put|patch|delete|all|use|route|options|head|on|api|mutation|query)\s*\(\s*\[?\s*['"`][/*]/,
    /@(?:Controller|Resolver|ObjectType|Query|Mutation|ResolveField|FieldResolver|Get|Post|Put|Patch|Delete|All)\s*\(/,
    /[rR]outer\s*\(|\bnew\s+(?:Hono|Koa|Elysia)\b|\.procedure\b|Procedure\s*\.|\bdefineEventHandler\b|\beventHandler\b/,
    /\b(?:(?:object|interface|query|mutation)(?:Type|Fields?)|prisma(?:Object|Interface|Node)(?:Fields?)?)\b|\.implement\s*\(/,
    /\b(?:Query|Mutation|Subscription)\s*:|[rR]esolvers?\b|\b(?:extendType|GraphQLObjectType)\b/,
    /\bexport\s+(?:const|function)\s+(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|loader|action|handler)\b/,
    /\bas\s+(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|default)\b|\bNextApi(?:Request|Handler)\b|['"]use server['"]/,
    /\bexport\s+default\s+\w+\s*\(|\bgetServerSideProps\b|\bgetStaticProps\b/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

/** What makes the client of a service, which a transaction elsewhere may wait for. */
const SERVICES = new RegExp(
  `(?:\\bfrom|\\brequire\\s*\\(|\\bimport\\s*\\()\\s*['"\`](?:${outsidePackageNames().map(moduleOf).join('|')})`,
);

const USE_CLIENT = /^['"]use client['"]/m;
const HOOKS =
  /\buse(?:State|Reducer|Effect|LayoutEffect|InsertionEffect|Ref|ImperativeHandle|Memo|Callback|Context|Transition|DeferredValue|SyncExternalStore|Optimistic|ActionState|FormStatus|Query|InfiniteQuery|SuspenseQuery|Mutation|QueryClient|SWR\w*|Form|FormContext|FieldArray|Router|Navigate|Navigation|Params|SearchParams|Pathname|Location|Session|Fetcher|LoaderData|Translations?|Toast|Store|Atom\w*|Dispatch|Selector)\s*[(<]/;
/** A file with a component that is also a server's: pages with their data, loaders beside a route's view. */
const SERVES =
  /\bexport\b[^;\n=(]{0,120}\b(?:getServerSideProps|getStaticProps|getInitialProps|loader|action|GET|POST|PUT|PATCH|DELETE)\b|\.getInitialProps\b|['"]use server['"]/;

/** True if a TypeScript file can hold a finding or lead to one; a file that fails needs no parsing. */
export function isWorthParsing(text: string): boolean {
  // In the order that decides most files soonest: this reads every character of the workspace.
  const isForServers = !isForBrowsers(text);
  return (isForServers && WAITS.test(text)) || asksAnywhere(text) || (isForServers && leadsToQueries(text));
}

/** True for what is a query, a client or a question to a network wherever it stands, and for what speaks to us. */
function asksAnywhere(text: string): boolean {
  return (
    CLIENTS.test(text) ||
    QUERIES.test(text) ||
    NETWORK.test(text) ||
    text.includes('perf-hints-ignore') ||
    NEXT_SETTINGS.test(text) ||
    (text.length <= MAX_BARREL_LENGTH && REEXPORT.test(text)) ||
    (text.length <= MAX_PASSING_LENGTH && PASSES_ON.test(text))
  );
}

/** True for what can be a query of a server, leads to one, says how often one is sent or what is waited for meanwhile. */
function leadsToQueries(text: string): boolean {
  return [SHORT_OPERATIONS, DELEGATES, SHORT_LISTS, ROUTES, SERVICES].some((expression) => expression.test(text));
}

/** True for code that runs in a browser: it asks a server, never a database. */
function isForBrowsers(text: string): boolean {
  return USE_CLIENT.test(text) || (HOOKS.test(text) && !SERVES.test(text));
}

/** An expression for the package's modules, from the name to the closing quote or the slash before a path. */
function moduleOf(name: string): string {
  return `${name.replace(/[.$]/g, '\\$&')}${name.endsWith('/') ? '' : '[\'"`/]'}`;
}
