/** A VS Code that shows the workspace and our extension, and does nothing else. */
export const userSettings = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.colorTheme': 'Default Dark Modern',
  'window.commandCenter': false,
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  'files.autoSave': 'off',
  'editor.minimap.enabled': false,
  'editor.fontFamily': 'DejaVu Sans Mono',
  'typescript.disableAutomaticTypeAcquisition': true,
  // The demo's dependencies are not installed, so that each import would be a problem.
  'typescript.validate.enable': false,
  'javascript.validate.enable': false,
  'js/ts.validate.enabled': false,
};
