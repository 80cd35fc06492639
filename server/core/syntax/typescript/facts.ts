import type { Range } from '../../text/range';
import type { Directive } from '../directives';
import type { AwaitRunFact } from './awaitFacts';
import type { EitherWriteFact } from './eitherWriteFacts';
import type { NextSettingFact } from './nextConfig';
import type { PromiseListFact } from './promiseListFacts';
import type { ResolverFact, ResolverMapFact } from './resolverFacts';
import type { RouteFact } from './routeFacts';
import type { RowsFact } from './rowUseFacts';

export type * from './awaitFacts';

/**
 * What one TypeScript or JavaScript file says that a rule may want to know. Plain JSON: it can be
 * cached on disk and sent between threads. Indexes (`function: 3`) point into the tables here.
 */
export interface TypeScriptFacts {
  readonly kind: 'typescript';
  /** Every module named by `import`, `export … from`, `require()` or `import()`, once each. */
  readonly modules: readonly string[];
  readonly exports: readonly ExportFact[];
  /** `functions[0]` stands for the module's own top-level code. */
  readonly functions: readonly FunctionFact[];
  readonly classes: readonly ClassFact[];
  readonly loops: readonly LoopFact[];
  readonly calls: readonly CallFact[];
  readonly invocations: readonly InvocationFact[];
  readonly routes: readonly RouteFact[];
  readonly resolvers: readonly ResolverFact[];
  readonly resolverMaps: readonly ResolverMapFact[];
  readonly recursions: readonly RecursionFact[];
  readonly awaitRuns: readonly AwaitRunFact[];
  readonly promiseLists: readonly PromiseListFact[];
  readonly directives: readonly Directive[];
  /** A script that is run by hand, once, and disconnects when it is through. */
  readonly runsOnce?: true;
  /** Of a `next.config` file. */
  readonly nextSettings?: readonly NextSettingFact[];
}

/**
 * What an expression stands for, as far as the file itself tells: local names are followed to what
 * they were bound to. `range` is where the expression that was followed to is written.
 */
export type Value =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null; readonly range: Range }
  | { readonly kind: 'undefined'; readonly range: Range }
  /** `open`: a part of it can't be seen (a spread of something unknown, a computed key). */
  | {
      readonly kind: 'object';
      readonly properties: readonly Property[];
      readonly open: boolean;
      /** For each spread of one of several objects (`...(a ? { b } : { c })`): those objects. Their properties are listed too. */
      readonly choices?: readonly (readonly Value[])[];
      readonly range: Range;
    }
  | { readonly kind: 'array'; readonly elements: readonly Value[]; readonly open: boolean; readonly range: Range }
  /** `name` is `default`, `*` (the namespace) or an exported name. */
  | { readonly kind: 'import'; readonly module: string; readonly name: string; readonly range: Range }
  | {
      readonly kind: 'parameter';
      readonly function: number;
      readonly index: number;
      readonly name: string;
      readonly type?: Value;
      readonly range: Range;
    }
  | { readonly kind: 'member'; readonly object: Value; readonly name: string; readonly range: Range }
  /** `call`: its index in `calls`, where it is one of them; `callee` and `arguments` then stand there. */
  | {
      readonly kind: 'call';
      readonly callee: Value;
      readonly arguments: readonly Value[];
      readonly call?: number;
      readonly range: Range;
    }
  | { readonly kind: 'new'; readonly callee: Value; readonly arguments: readonly Value[]; readonly range: Range }
  /** Something whose declared type is `type`: an annotated variable or property. */
  | { readonly kind: 'instance'; readonly type: Value; readonly range: Range }
  | { readonly kind: 'this'; readonly class: number; readonly range: Range }
  | { readonly kind: 'function'; readonly function: number; readonly range: Range }
  | { readonly kind: 'class'; readonly class: number; readonly range: Range }
  /** One element of what a loop goes through. */
  | { readonly kind: 'element'; readonly loop: number; readonly range: Range }
  /** One of several: `a ? b : c`, `a ?? b`, `a || b`, a union type. */
  | { readonly kind: 'either'; readonly options: readonly Value[]; readonly range: Range }
  /** A name this file does not declare: `globalThis`, `process`, `fetch`. */
  | { readonly kind: 'global'; readonly name: string; readonly range: Range }
  | { readonly kind: 'unknown'; readonly range: Range };

export interface Property {
  readonly key: string;
  /** The key as written; for a shorthand, the name. */
  readonly keyRange: Range;
  readonly value: Value;
  /** It may be absent: set in a branch, or within a conditional spread. */
  readonly optional: boolean;
}

export interface ExportFact {
  /** The exported name; `default`; `*` for `export * from`; `export=` for all of a module (`module.exports = …`). */
  readonly name: string;
  readonly value: Value;
  /** The name where it is declared or listed; absent for what has none. */
  readonly range?: Range;
}

export interface FunctionFact {
  readonly name?: string;
  /** The enclosing function; absent for the module itself. */
  readonly parent?: number;
  /** What it returns, where it is an arrow without braces or has few `return`s. */
  readonly returns: readonly Value[];
  /** What it returns with all its properties, where that may be part of a question to the database (`buildWhere`). */
  readonly asks?: readonly Value[];
  /** An inline callback that the code around it runs at once: what it does, its parent does. */
  readonly runsInPlace?: true;
  /** It returns what a cache holds before it asks anyone else. */
  readonly asksCacheFirst?: true;
  /** The call it is written into as an argument, if it is and that call is no loop: `$transaction(async (tx) => …)`. */
  readonly argumentOf?: { readonly callee: Value; readonly index: number };
}

export interface ClassFact {
  readonly extends?: Value;
  /** Properties, constructor parameter properties, methods and what the constructor assigns to `this`. */
  readonly members: readonly { readonly name: string; readonly value: Value }[];
}

export type LoopKind = 'for' | 'for-of' | 'for-in' | 'while' | 'do' | 'callback';

export interface LoopFact {
  readonly kind: LoopKind;
  readonly range: Range;
  /** What says it is a loop, for the reader: `for (const x of xs)`, `xs.map`. */
  readonly head: Range;
  /** What it goes through, also by index (`i < xs.length`); absent where it goes through nothing. */
  readonly collection?: Value;
  /** How the collection is written, if that is short: `users`, `order.items`. */
  readonly collectionText?: string;
  /** The largest number of times it can run, where the code proves one. */
  readonly atMost?: number;
  /** A callback loop whose promises are awaited together (`Promise.all(xs.map(…))`) or given to `$transaction`. */
  readonly together?: 'promise-all' | 'transaction';
  /** `forEach(async …)`: nobody waits for what it does. */
  readonly forgotten?: true;
  /** It hands its work to a limiter, that lets a few through at a time: `limit(() => …)`. */
  readonly limited?: true;
  /** Promises that are awaited together for a list whose length is asked before: `if (files.length > max) throw …`. */
  readonly lengthAsked?: true;
  /** It tries again until it works: leaves on success, with a catch, a delay or an attempt counter. */
  readonly retries: boolean;
  /** It counts in steps (`i += 100`): a round is for a chunk, not for an element. */
  readonly strides: boolean;
  /** A `while` over a work list: each round takes one element off it (`queue.shift()`). */
  readonly takesItems: boolean;
  /** It waits between its rounds (`setTimeout`, `sleep`, `delay` …). */
  readonly waits: boolean;
}

/** How a call stands in a loop around it. */
export interface LoopUse {
  readonly loop: number;
  /** An argument (or the receiver) uses something that changes from round to round. */
  readonly varies: boolean;
  /** It stands in the head of a `while`, `do` or `for`: asked until it says otherwise. */
  readonly inCondition: boolean;
  /** The loop never goes on after it: every path from it leaves by `return`, `break` or `throw`. */
  readonly leavesAfter: boolean;
  /** An argument needs what the same call gave the round before (a walk along a chain, a cursor). */
  readonly followsItself: boolean;
  /** Within the round, something else is awaited before it: it is not sent in the same tick as those of the other rounds. */
  readonly awaitsBefore: boolean;
  /** One of those awaits is no read: what it did may be what this call is there to see. */
  readonly effectsBefore: boolean;
  /** What it returns decides whether the loop goes on: a uniqueness probe, the first candidate that exists. */
  readonly decidesExit: boolean;
  /** It runs only in the rounds that find a buffer full: once for many elements. */
  readonly flushesBuffer?: true;
}

/** How a call stands in the function that sends it; inline callbacks that run at once are part of that function. */
export interface CallPlace {
  /** The function awaits something before: a caller's other calls of it do not reach this point in the same tick. */
  readonly afterAwait?: true;
  /** One of those awaits is no query: a mail, a file, another function. */
  readonly afterOther?: true;
  /** It stands in a branch: some calls of the function come to it, some do not. */
  readonly conditional?: true;
  /** It runs only when something has failed. */
  readonly inCatch?: true;
  /** It runs only for what is not remembered yet: `if (!byId.has(id)) byId.set(id, await load(id))`. */
  readonly fillsMemory?: true;
  /** The ways to it where a run takes one of several, outermost first. */
  readonly branches?: readonly Branch[];
  /** The function waits for it, or hands its promise on: awaited, returned, in an awaited list. */
  readonly waitedFor?: true;
}

/**
 * One way of several that exclude each other: of `if` and `else`, `? :`, the clauses of a `switch`; also
 * a guard that does something and leaves (arm 0), and what follows it (arm 1).
 */
export interface Branch {
  /** Where the choice stands: all its arms have the same. */
  readonly at: number;
  readonly arm: number;
}

/** How a write in a loop stands there. */
export interface WritePlace {
  /** It is not sent there: its promise goes into a list, or to who called. */
  readonly deferred?: true;
  /** Its failure is caught within the round, and the loop goes on. */
  readonly caught?: true;
  /** Within the round, something that is no query is awaited before it: a mail, a file, another service. */
  readonly afterWork?: true;
  /** A condition asks what it returned. */
  readonly decides?: true;
  /** What it returns goes somewhere. */
  readonly resultUsed?: true;
}

export interface CallFact extends CallPlace, WritePlace {
  /** The whole call, from the receiver's first character to the closing parenthesis. */
  readonly range: Range;
  /** The callee: `prisma.user.findMany`. */
  readonly callee: Range;
  /** The callee's last name: `findMany`, `$transaction`. */
  readonly name: string;
  readonly target: Value;
  readonly arguments: readonly Value[];
  readonly function: number;
  /** The loops that run it, innermost first, through inline callbacks. */
  readonly loops: readonly LoopUse[];
  /** A raw query whose text inserts, updates or deletes. */
  readonly writesRaw?: true;
  /** A whole raw statement that comes from elsewhere, without parameters: what it does can't be seen. */
  readonly madeElsewhere?: true;
  /** A fluent relation read of its result: `findUnique(…).posts()`. */
  readonly fluent?: string;
  /** How the rows are used, where they are bound to a plain name. */
  readonly result?: ResultFact;
  /** All that is made of its rows is a sum, a mean, the largest or the smallest of a column. */
  readonly aggregated?: true;
  /** Its `skip` is a page's number times its size, and nothing seen keeps the number low. */
  readonly skipsPages?: true;
  /** Its row is there to decide between an update and a create, and for nothing else. */
  readonly eitherWrite?: EitherWriteFact;
  /** A read that asks what its function has asked before, with no write between: the earlier one, by index in `calls`. */
  readonly repeats?: number;
  /** What is read of its rows, in whatever way they are taken; absent where a use of them can't be followed. */
  readonly rows?: RowsFact;
  /** What is done with the list of a `findMany`, where all of it can be seen. */
  readonly list?: ListUseFact;
}

/** What becomes of a list: it is counted, or narrowed by what a query can say. */
export type ListUseFact = CountedListFact | NarrowedListFact;

/** Nothing is asked of a list but how many rows it has (`number`), or whether it has any (`existence`). */
export interface CountedListFact {
  readonly kind: 'counted';
  readonly asks: 'number' | 'existence';
}

/** All that is made of a list goes through `filter`, `find`, `sort` …, in this order. */
export interface NarrowedListFact {
  readonly kind: 'narrowed';
  readonly steps: readonly NarrowingFact[];
  /** Of what is left, only this is asked. */
  readonly asks?: 'number' | 'existence';
}

/** One method of a list; `Written` is how the values it uses are given: here, what they stand for. */
export type NarrowingFact<Written = Value> =
  | { readonly step: 'filter' | 'find' | 'some' | 'every'; readonly test: RowTest<Written> }
  | { readonly step: 'sort'; readonly field: string; readonly descending: boolean; readonly text?: true }
  | { readonly step: 'slice'; readonly from: number; readonly to: Written };

/** What is asked of one row's columns. */
export type RowTest<Written = Value> =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly RowTest<Written>[] }
  | { readonly kind: 'not'; readonly part: RowTest<Written> }
  | { readonly kind: 'truthy'; readonly field: string }
  | {
      readonly kind: 'compare';
      readonly field: string;
      readonly operator: '=' | '!=' | '<' | '<=' | '>' | '>=';
      readonly value: Written;
      /** `row.date.getTime()` is compared; `optional` with `?.`. */
      readonly time?: 'certain' | 'optional';
    }
  | { readonly kind: 'in'; readonly field: string; readonly list: Written; readonly from: 'array' | 'set' }
  | {
      readonly kind: 'text';
      readonly field: string;
      readonly how: 'startsWith' | 'endsWith' | 'contains';
      readonly value: Written;
    };

/** A call of what may be a function of this workspace, or of what waits outside; the calls that may be queries are in `calls`. */
export interface InvocationFact extends CallPlace {
  /** What is called, as written: `getUser`, `this.users.find`; of `ids.map(getUser)` the `getUser`. */
  readonly callee: Range;
  readonly name: string;
  readonly target: Value;
  readonly function: number;
  readonly awaited?: true;
  /** It is given a function that is written there: what that does, the code around it does. */
  readonly givesInline?: true;
  /** In a loop: a condition asks what it returned. */
  readonly decides?: true;
  /** The loops that run it, innermost first, through inline callbacks. */
  readonly loops: readonly LoopUse[];
}

/** A call, in a loop, by which a function calls itself. */
export interface RecursionFact {
  readonly name: string;
  readonly callee: Range;
  /** The function that calls itself. */
  readonly function: number;
  /** The loops that run the call, innermost first. */
  readonly loops: readonly LoopUse[];
}

export interface ResultFact {
  /** It is returned, passed on, spread or stored: the rest of its use can't be seen. */
  readonly escapes: boolean;
}
