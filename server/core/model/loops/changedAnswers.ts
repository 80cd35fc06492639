import type { Value } from '../../syntax/typescript/facts';
import type { Range } from '../../text/range';
import { runningFunction } from '../calls/fileCalls';
import type { Project } from '../project';
import type { Query } from '../queries/query';
import { propertiesOf } from '../queries/whereShape';
import type { Model, Schema } from '../schemas/schema';

/**
 * True if something that a stretch of a query's file runs may change what the query answers: it writes a
 * model that the query reads, itself or by way of calls, or it waits for something that can't be seen.
 */
export function mayChangeAnswer(query: Query, { start, end }: Range, project: Project): boolean {
  const { file, facts, call } = query;
  const read = modelsOf(query);
  const isThere = (range: Range) => start <= range.start && range.end <= end;
  const queries = project.queriesOf(file).filter((other) => isThere(other.call.range));
  if (queries.some((other) => touches(other, read))) return true;
  const owner = runningFunction(call.function, facts);
  const calls = [...project.calls.bodyOf({ file, function: owner }).calls, ...project.calls.callsInLoops(file)].filter(
    ({ invocation }) => isThere(invocation.callee),
  );
  return calls.some(({ invocation, callee }) => {
    if (callee.kind !== 'function') return invocation.awaited === true;
    return project.calls.reachOf(callee.place).queries.some((reached) => touches(reached.query, read));
  });
}

/** The names of the models that a query's answer depends on: its own, those it includes or asks about. */
function modelsOf({ model, args, schema }: Query): ReadonlySet<string> {
  const found = new Set<string>();
  if (model) addModels(args, model, schema, found);
  return found;
}

/** The names of the models that a write changes: its own, and those that its data writes along. */
function modelsWritten({ model, args, schema }: Query): ReadonlySet<string> {
  const found = new Set<string>(model ? [model.name] : []);
  const data = args ? propertiesOf(args).filter(({ key }) => /^(data|create|update)$/.test(key)) : [];
  for (const { value } of data) if (model) addModels(value, model, schema, found);
  return found;
}

function addModels(value: Value | undefined, model: Model, schema: Schema, found: Set<string>): void {
  found.add(model.name);
  if (!value) return;
  for (const { key, value: held } of propertiesOf(value)) {
    const relation = model.fields.get(key)?.relation;
    const related = relation && schema.models.get(relation.model);
    // Its own key refers to another row then; that row stays as it is.
    if (relation && relation.fields.length > 0 && onlyRefers(held)) continue;
    if (relation) found.add(relation.model);
    if (held.kind === 'object' || held.kind === 'array' || held.kind === 'either') {
      addModels(held, related ?? model, schema, found);
    }
  }
}

/** `team: { connect: { id } }`, in the data of a write. */
function onlyRefers(value: Value): boolean {
  const properties = value.kind === 'object' && !value.open ? value.properties : [];
  return properties.length > 0 && properties.every(({ key }) => key === 'connect' || key === 'disconnect');
}

function touches(write: Query, read: ReadonlySet<string>): boolean {
  if (write.effect !== 'write') return false;
  const { model, schema } = write;
  if (!model || [...modelsWritten(write)].some((name) => read.has(name))) return true;
  if (!write.operation.startsWith('delete')) return false;
  // What refers to a deleted row may go with it.
  return [...read].some((name) =>
    [...(schema.models.get(name)?.fields.values() ?? [])].some(({ relation }) => relation?.model === model.name),
  );
}
