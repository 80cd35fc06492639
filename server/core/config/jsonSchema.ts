import type { RuleMeta } from '../rules/rule';
import { ruleSettings } from './readConfig';

/** Returns the JSON schema of `perf-hints.config.json`, for completion and checks in editors. */
export function configJsonSchema(rules: readonly RuleMeta[]): object {
  const globs = { type: 'array', items: { type: 'string', minLength: 1 } };
  const ruleTable = { $ref: '#/definitions/rules' };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Perf Hints configuration',
    type: 'object',
    additionalProperties: false,
    allowComments: true,
    allowTrailingCommas: true,
    properties: {
      $schema: { type: 'string', description: 'The schema of this file.' },
      rules: { ...ruleTable, description: 'What each rule reports.' },
      include: { ...globs, description: 'Files to report on; everything if absent.' },
      exclude: { ...globs, description: 'Files and folders that are not read at all.' },
      aside: {
        ...globs,
        description:
          'Files that run aside of the application’s traffic: rules about queries are silent there. Replaces the default (tests, seeds, migrations, scripts, examples …).',
      },
      overrides: {
        type: 'array',
        description: 'Other settings for some files; the last matching one decides.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['files'],
          properties: { files: globs, rules: ruleTable },
        },
      },
    },
    definitions: {
      setting: {
        enum: ruleSettings,
        description: '"default" leaves the severity to the rule.',
      },
      rules: {
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(
          rules.map(({ id, title, severity }) => [
            id,
            { $ref: '#/definitions/setting', description: `${title} (${severity} by default).` },
          ]),
        ),
      },
    },
  };
}
