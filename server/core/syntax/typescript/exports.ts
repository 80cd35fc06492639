import ts from 'typescript';
import type { ExportFact, Value } from './facts';
import { boundIdentifiers, memberName, rangeOf } from './nodes';
import type { Tables } from './tables';
import { passedOn } from './valueShapes';
import type { Values } from './values';

/** Returns every module specifier of the file, once each. */
export function readModules({ ofKind }: Tables): string[] {
  const declared = [...ofKind(ts.SyntaxKind.ImportDeclaration), ...ofKind(ts.SyntaxKind.ExportDeclaration)].map(
    (node) => node.moduleSpecifier,
  );
  const referenced = ofKind(ts.SyntaxKind.ExternalModuleReference).map((node) => node.expression);
  const called = ofKind(ts.SyntaxKind.CallExpression)
    .filter(isModuleCall)
    .map((node) => node.arguments[0]);
  const specifiers = [...declared, ...referenced, ...called].filter((node) => node !== undefined);
  return [...new Set(specifiers.filter(ts.isStringLiteralLike).map((node) => node.text))];
}

function isModuleCall({ expression }: ts.CallExpression): boolean {
  return (
    expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === 'require')
  );
}

/** Returns what the file exports, ES modules and `module.exports` alike. */
export function readExports({ file, scopes, functionIndex, classIndex }: Tables, values: Values): ExportFact[] {
  const named = (name: string, identifier: ts.Identifier): ExportFact => ({
    name,
    value: passedOn(values.of(identifier)),
    range: rangeOf(identifier, file),
  });
  const declared = (name: string): Value | undefined => {
    const binding = scopes.lookup(name, file);
    return binding && values.ofBinding(binding);
  };

  const ofStatement = (statement: ts.Statement): ExportFact[] => {
    if (ts.isExportAssignment(statement)) {
      const value = passedOn(values.of(statement.expression));
      return statement.isExportEquals
        ? ofWhole(value)
        : [{ name: 'default', value, range: rangeOf(statement.expression, file) }];
    }
    if (ts.isExportDeclaration(statement)) return ofExportDeclaration(statement);
    if (ts.isExpressionStatement(statement)) return ofCommonJs(statement.expression);
    if (!isExported(statement)) return [];
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap((declaration) =>
        boundIdentifiers(declaration.name).map((identifier) => named(identifier.text, identifier)),
      );
    }
    if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
      // The signatures of an overloaded function say nothing that its implementation does not.
      if (ts.isFunctionDeclaration(statement) && !statement.body) return [];
      const name = isDefault(statement) ? 'default' : statement.name?.text;
      if (name === undefined) return [];
      const range = statement.name && rangeOf(statement.name, file);
      return [{ name, value: ofDeclaration(statement), ...(range ? { range } : {}) }];
    }
    if (
      ts.isTypeAliasDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) ||
      ts.isEnumDeclaration(statement)
    ) {
      const value = declared(statement.name.text);
      return value && value.kind !== 'unknown' ? [{ name: statement.name.text, value }] : [];
    }
    return [];
  };

  const ofDeclaration = (node: ts.FunctionDeclaration | ts.ClassDeclaration): Value => {
    const range = rangeOf(node);
    const fn = functionIndex.get(node);
    if (fn !== undefined) return { kind: 'function', function: fn, range };
    const cls = classIndex.get(node);
    return cls === undefined ? { kind: 'unknown', range } : { kind: 'class', class: cls, range };
  };

  const ofExportDeclaration = (statement: ts.ExportDeclaration): ExportFact[] => {
    const range = rangeOf(statement);
    const specifier = statement.moduleSpecifier;
    const module = specifier && ts.isStringLiteral(specifier) ? specifier.text : undefined;
    const clause = statement.exportClause;
    if (!clause)
      return module === undefined ? [] : [{ name: '*', value: { kind: 'import', module, name: '*', range } }];
    if (ts.isNamespaceExport(clause)) {
      return module === undefined
        ? []
        : [{ name: clause.name.text, value: { kind: 'import', module, name: '*', range } }];
    }
    return clause.elements.flatMap((element): ExportFact[] => {
      const local = (element.propertyName ?? element.name).text;
      const listed = { name: element.name.text, range: rangeOf(element.name, file) };
      if (module !== undefined) return [{ ...listed, value: { kind: 'import', module, name: local, range } }];
      const value = declared(local);
      return value ? [{ ...listed, value }] : [];
    });
  };

  /** A module that is one value: `module.exports = …`, `export = …`. */
  const ofWhole = (value: Value): ExportFact[] => {
    const properties = value.kind === 'object' ? value.properties : [];
    return [
      { name: 'export=', value },
      { name: 'default', value },
      ...properties.map(({ key, value: held }) => ({ name: key, value: held })),
    ];
  };

  const ofCommonJs = (expression: ts.Expression): ExportFact[] => {
    if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return [];
    const target = expression.left.getText();
    const value = (): Value => values.of(expression.right);
    if (target === 'module.exports') return ofWhole(value());
    const name = /^(module\.)?exports\.\w+$/.test(target) ? memberName(expression.left) : undefined;
    return name === undefined ? [] : [{ name, value: value() }];
  };

  return file.statements.flatMap(ofStatement);
}

function isExported(node: ts.Statement): boolean {
  return ts.canHaveModifiers(node) && hasModifier(node, ts.SyntaxKind.ExportKeyword);
}

function isDefault(node: ts.HasModifiers): boolean {
  return hasModifier(node, ts.SyntaxKind.DefaultKeyword);
}

function hasModifier(node: ts.HasModifiers, kind: ts.SyntaxKind): boolean {
  return node.modifiers?.some((modifier) => modifier.kind === kind) ?? false;
}
