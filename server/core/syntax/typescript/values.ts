import ts from 'typescript';
import type { Range } from '../../text/range';
import type { Property, Value } from './facts';
import { elementPosition } from './loopCalls';
import { memberName, propertyName, rangeOf, unwrap } from './nodes';
import type { Binding } from './scopes';
import type { Tables } from './tables';
import { readType, readTypeMembers, typeOfProperty } from './types';
import {
  changed,
  instance,
  lean,
  mapOptions,
  member,
  type ObjectValue,
  SAID_WHERE_USED,
  setProperty,
  spread,
} from './valueShapes';
import {
  accessed,
  assignedTo,
  elementsPushed,
  enclosingClass,
  enumObject,
  imported,
  importedWhole,
  isConditional,
  isIteration,
  isPromiseAll,
  pathOf,
  requiredModule,
} from './valueSources';

/** How far a value is followed through names, members and calls before it counts as unknown. */
const MAX_DEPTH = 10;
/** Longer literal arrays and objects are cut: what is in them past this is data, not a question to a database. */
const MAX_ELEMENTS = 12;
const MAX_PROPERTIES = 60;

/** Follows expressions of one file to what they stand for. */
export interface Values {
  of(node: ts.Expression): Value;
  /** What a declared name holds. */
  ofBinding(binding: Binding): Value;
  /** What is known of something declared with this type. */
  ofType(type: ts.TypeNode): Value;
}

/** Makes the {@link Values} of a file; answers are kept as long as the file's tables. */
export function readValues(tables: Tables): Values {
  const reader = new ValueReader(tables);
  return {
    of: (node) => reader.expression(node, 0),
    ofBinding: (binding) => reader.binding(binding, rangeOf(binding.declaration), 0),
    ofType: (type) => instance(readType(type, tables, 0, reader.typeQuery), rangeOf(type)),
  };
}

class ValueReader {
  private readonly known = new Map<Binding, Value>();
  private readonly inProgress = new Set<Binding>();
  private cuts = 0;

  constructor(private readonly tables: Tables) {}

  readonly typeQuery = (name: ts.Expression, depth: number): Value => this.expression(name, depth);

  expression(node: ts.Expression, depth: number): Value {
    const expression = unwrap(node);
    const range = rangeOf(expression, this.tables.file);
    if (depth > MAX_DEPTH) return this.cut(range);
    if (ts.isIdentifier(expression)) return this.identifier(expression, range, depth);
    if (ts.isStringLiteralLike(expression)) return { kind: 'literal', value: expression.text, range };
    if (ts.isNumericLiteral(expression)) return { kind: 'literal', value: Number(expression.text), range };
    if (ts.isObjectLiteralExpression(expression)) return this.object(expression, range, depth);
    if (ts.isArrayLiteralExpression(expression)) return this.array(expression, range, depth);
    if (ts.isPropertyAccessExpression(expression) || ts.isElementAccessExpression(expression)) {
      const name = memberName(expression);
      if (name === undefined) return { kind: 'unknown', range };
      return member(this.expression(expression.expression, depth + 1), name, range);
    }
    if (ts.isCallExpression(expression) || ts.isNewExpression(expression)) return this.call(expression, range, depth);
    if (ts.isTaggedTemplateExpression(expression)) {
      const call = this.tables.callIndex.get(expression);
      const callee = this.expression(expression.tag, depth + 1);
      return { kind: 'call', callee, arguments: [], ...(call === undefined ? {} : { call }), range };
    }
    if (ts.isConditionalExpression(expression)) {
      return this.either([expression.whenTrue, expression.whenFalse], range, depth);
    }
    if (ts.isBinaryExpression(expression)) return this.binary(expression, range, depth);
    return this.keyword(expression, range);
  }

  private keyword(expression: ts.Expression, range: Range): Value {
    switch (expression.kind) {
      case ts.SyntaxKind.TrueKeyword:
        return { kind: 'literal', value: true, range };
      case ts.SyntaxKind.FalseKeyword:
        return { kind: 'literal', value: false, range };
      case ts.SyntaxKind.NullKeyword:
        return { kind: 'literal', value: null, range };
      case ts.SyntaxKind.ThisKeyword: {
        const owner = this.tables.classIndex.get(enclosingClass(expression) ?? expression);
        return owner === undefined ? { kind: 'unknown', range } : { kind: 'this', class: owner, range };
      }
      default:
        return this.tableRow(expression, range);
    }
  }

  /** A function or class of the tables. */
  private tableRow(node: ts.Node, range: Range): Value {
    const fn = this.tables.functionIndex.get(node);
    if (fn !== undefined) return { kind: 'function', function: fn, range };
    const cls = this.tables.classIndex.get(node);
    return cls === undefined ? { kind: 'unknown', range } : { kind: 'class', class: cls, range };
  }

  private identifier(node: ts.Identifier, range: Range, depth: number): Value {
    if (node.text === 'undefined') return { kind: 'undefined', range };
    const binding = this.tables.scopes.lookup(node.text, node);
    if (!binding) return { kind: 'global', name: node.text, range };
    const value = this.binding(binding, range, depth);
    return SAID_WHERE_USED.has(value.kind) ? { ...value, range } : value;
  }

  binding(binding: Binding, range: Range, depth: number): Value {
    const kept = this.known.get(binding);
    if (kept) return kept;
    if (this.inProgress.has(binding)) return this.cut(range);
    const cutsBefore = this.cuts;
    this.inProgress.add(binding);
    const value = this.written(binding, this.declared(binding, range, depth + 1), range, depth + 1);
    this.inProgress.delete(binding);
    // A value cut short by depth or by a cycle is right only for this question.
    if (this.cuts === cutsBefore) this.known.set(binding, value);
    return value;
  }

  private cut(range: Range): Value {
    this.cuts += 1;
    return { kind: 'unknown', range };
  }

  private declared({ declaration: node, name }: Binding, range: Range, depth: number): Value {
    if (ts.isVariableDeclaration(node)) return this.variable(node, range, depth);
    if (ts.isBindingElement(node)) return this.destructured(node, range, depth);
    if (ts.isParameter(node)) return this.parameter(node, name, range);
    if (ts.isImportClause(node)) return imported(node, 'default', range);
    if (ts.isNamespaceImport(node)) return imported(node.parent, '*', range);
    if (ts.isImportSpecifier(node)) return imported(node.parent.parent, (node.propertyName ?? node.name).text, range);
    if (ts.isEnumDeclaration(node)) return enumObject(node);
    if (ts.isTypeAliasDeclaration(node)) return readType(node.type, this.tables, depth, this.typeQuery);
    if (ts.isInterfaceDeclaration(node)) {
      return readTypeMembers(node, (type) => readType(type, this.tables, depth + 1, this.typeQuery));
    }
    if (ts.isImportEqualsDeclaration(node)) return importedWhole(node, range);
    return this.tableRow(node, range);
  }

  private variable(node: ts.VariableDeclaration, range: Range, depth: number): Value {
    if (ts.isVariableDeclarationList(node.parent) && isIteration(node.parent.parent)) {
      const loop = this.tables.loopIndex.get(node.parent.parent);
      return loop === undefined ? { kind: 'unknown', range } : { kind: 'element', loop, range };
    }
    if (node.initializer) {
      const value = this.expression(node.initializer, depth);
      if (!node.type || (value.kind !== 'unknown' && value.kind !== 'literal')) return value;
    }
    if (!node.type) return { kind: 'unknown', range };
    return instance(readType(node.type, this.tables, depth, this.typeQuery), range);
  }

  private destructured(node: ts.BindingElement, range: Range, depth: number): Value {
    const pattern = node.parent;
    const owner = pattern.parent;
    const whole = ts.isBindingElement(owner)
      ? this.destructured(owner, range, depth + 1)
      : ts.isParameter(owner)
        ? this.parameter(owner, '', range)
        : this.variable(owner, range, depth + 1);
    if (node.dotDotDotToken) return { kind: 'unknown', range };
    const name = ts.isArrayBindingPattern(pattern)
      ? String(pattern.elements.indexOf(node))
      : propertyName(node.propertyName ?? node.name);
    if (name === undefined) return { kind: 'unknown', range };
    if (ts.isParameter(owner) && owner.type) {
      const type = typeOfProperty(owner.type, name);
      if (type) return instance(readType(type, this.tables, depth, this.typeQuery), range);
    }
    return member(whole, name, range);
  }

  private parameter(node: ts.ParameterDeclaration, name: string, range: Range): Value {
    const owner = node.parent;
    const position = owner.parameters.indexOf(node);
    const loop = this.tables.loopIndex.get(owner);
    if (loop !== undefined && position === elementPosition(this.tables, loop)) return { kind: 'element', loop, range };
    const fn = this.tables.functionIndex.get(owner);
    if (fn === undefined) return { kind: 'unknown', range };
    const type = node.type ? readType(node.type, this.tables, 0, this.typeQuery) : undefined;
    return {
      kind: 'parameter',
      function: fn,
      index: position,
      name,
      ...(type && type.kind !== 'unknown' ? { type } : {}),
      range,
    };
  }

  /** A name that is assigned again, or whose object is changed, is one of several things. */
  private written(binding: Binding, declared: Value, range: Range, depth: number): Value {
    let value = declared;
    if (binding.writes.length > 0) {
      const options = binding.writes.map((write) => this.assigned(write, range, depth));
      if (options.length > 4) return { kind: 'unknown', range };
      const { declaration } = binding;
      const isEmpty = ts.isVariableDeclaration(declaration) && !declaration.initializer && declared.kind !== 'element';
      const first = isEmpty ? [] : [declared];
      const all = [...first, ...options];
      value = all.length === 1 && all[0] ? all[0] : { kind: 'either', options: all, range };
    }
    if (binding.mutations.length > 0) value = mapOptions(value, (option) => changed(option, elementsPushed(binding)));
    if (binding.memberWrites.length === 0) return value;
    return mapOptions(value, (option) => (option.kind === 'object' ? this.withWrites(option, binding, depth) : option));
  }

  private assigned(write: ts.Identifier, range: Range, depth: number): Value {
    const assigned = assignedTo(write);
    return assigned ? this.expression(assigned, depth) : { kind: 'unknown', range };
  }

  private withWrites(object: Value & { kind: 'object' }, binding: Binding, depth: number): Value {
    let changed = object;
    for (const write of binding.memberWrites) {
      const path = pathOf(write.left, binding.name);
      if (!path) {
        changed = { ...changed, open: true };
        continue;
      }
      const value = this.expression(write.right, depth + 1);
      changed = setProperty(
        changed,
        path,
        value,
        rangeOf(write.left, this.tables.file),
        isConditional(write, binding.scope),
      );
    }
    return changed;
  }

  private object(node: ts.ObjectLiteralExpression, range: Range, depth: number): Value {
    const { properties } = node;
    let own: Property[] = [];
    let result: ObjectValue = { kind: 'object', properties: own, open: properties.length > MAX_PROPERTIES, range };
    for (const property of properties.slice(0, MAX_PROPERTIES)) {
      if (ts.isSpreadAssignment(property)) {
        result = spread(result, this.expression(property.expression, depth + 1), false);
        own = [...result.properties];
        result = { ...result, properties: own };
        continue;
      }
      const key = property.name && propertyName(property.name);
      if (key === undefined) {
        result = { ...result, open: true };
        continue;
      }
      const keyRange = rangeOf(property.name, this.tables.file);
      const value = ts.isPropertyAssignment(property)
        ? this.expression(property.initializer, depth + 1)
        : ts.isShorthandPropertyAssignment(property)
          ? this.identifier(property.name, keyRange, depth + 1)
          : accessed(this.tableRow(property, keyRange), property);
      const previous = own.findIndex((candidate) => candidate.key === key);
      if (previous >= 0) own.splice(previous, 1);
      own.push({ key, keyRange, value, optional: false });
    }
    return result;
  }

  private array(node: ts.ArrayLiteralExpression, range: Range, depth: number): Value {
    const elements: Value[] = [];
    let open = node.elements.length > MAX_ELEMENTS;
    for (const element of node.elements.slice(0, MAX_ELEMENTS)) {
      if (ts.isSpreadElement(element)) {
        const value = this.expression(element.expression, depth + 1);
        if (value.kind !== 'array') open = true;
        else {
          elements.push(...value.elements);
          open ||= value.open;
        }
      } else {
        elements.push(this.expression(element, depth + 1));
      }
    }
    return { kind: 'array', elements, open, range };
  }

  private call(node: ts.CallExpression | ts.NewExpression, range: Range, depth: number): Value {
    const required = requiredModule(node);
    if (required !== undefined) return { kind: 'import', module: required, name: '*', range };
    const call = this.tables.callIndex.get(node);
    if (call !== undefined && ts.isCallExpression(node) && !isPromiseAll(node)) {
      return {
        kind: 'call',
        callee: { kind: 'unknown', range: rangeOf(node.expression, this.tables.file) },
        arguments: [],
        call,
        range,
      };
    }
    const callee = lean(this.expression(node.expression, depth + 1));
    const values = (node.arguments ?? []).map((argument) => this.expression(argument, depth + 1));
    if (ts.isNewExpression(node)) return { kind: 'new', callee, arguments: values, range };
    const together = isPromiseAll(node) ? values[0] : undefined;
    if (together?.kind === 'array') return { ...together, range };
    return { kind: 'call', callee, arguments: values, ...(call === undefined ? {} : { call }), range };
  }

  private either(nodes: readonly ts.Expression[], range: Range, depth: number): Value {
    return { kind: 'either', options: nodes.map((node) => this.expression(node, depth + 1)), range };
  }

  private binary(node: ts.BinaryExpression, range: Range, depth: number): Value {
    switch (node.operatorToken.kind) {
      case ts.SyntaxKind.BarBarToken:
      case ts.SyntaxKind.QuestionQuestionToken:
        return this.either([node.left, node.right], range, depth);
      case ts.SyntaxKind.AmpersandAmpersandToken:
        return {
          kind: 'either',
          options: [this.expression(node.right, depth + 1), { kind: 'undefined', range }],
          range,
        };
      case ts.SyntaxKind.EqualsToken:
      case ts.SyntaxKind.QuestionQuestionEqualsToken:
      case ts.SyntaxKind.BarBarEqualsToken:
      case ts.SyntaxKind.CommaToken:
        return this.expression(node.right, depth + 1);
      default:
        return { kind: 'unknown', range };
    }
  }
}
