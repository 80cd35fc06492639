import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { bundleHostSuite } from './support/hostBundle';
import { copyOfDemo, newFolder, repository } from './support/places';

/** Runs the suite for the extension host in an installed VS Code with a window. */
async function runOnDesktop(): Promise<void> {
  const vscodeExecutablePath = process.env.VSCODE_EXECUTABLE;
  if (!vscodeExecutablePath) {
    throw new Error(
      'Set VSCODE_EXECUTABLE to the VS Code to test in, for example: VSCODE_EXECUTABLE="$(command -v code)"',
    );
  }
  await runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: repository,
    extensionTestsPath: await bundleHostSuite(),
    extensionTestsEnv: { PERF_HINTS_E2E_RESULTS: join(newFolder('results'), 'results.json') },
    launchArgs: [copyOfDemo(), '--disable-workspace-trust'],
  });
}

runOnDesktop().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
