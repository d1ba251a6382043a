// A VS Code that has nothing but the browser, as vscode.dev has: no remote, user data in IndexedDB, extensions in a worker.
//
// The address says which folder is opened: `/?folder=/project`, or an address such as
// `vscode-vfs://github/owner/name`, whose files the probe has.

import getAccessibility from "@codingame/monaco-vscode-accessibility-service-override";
import getAi from "@codingame/monaco-vscode-ai-service-override";
import { ICommandService, LogLevel, getService, initialize } from "@codingame/monaco-vscode-api";
import { URI } from "@codingame/monaco-vscode-api/vscode/vs/base/common/uri";
import { LifecyclePhase } from "@codingame/monaco-vscode-api/vscode/vs/workbench/services/lifecycle/common/lifecycle";
import { ILifecycleService } from "@codingame/monaco-vscode-api/vscode/vs/workbench/services/lifecycle/common/lifecycle.service";
import getAuthentication from "@codingame/monaco-vscode-authentication-service-override";
import getChat from "@codingame/monaco-vscode-chat-service-override";
import getConfiguration, {
  initUserConfiguration,
} from "@codingame/monaco-vscode-configuration-service-override";
import getDialogs from "@codingame/monaco-vscode-dialogs-service-override";
import getEnvironment from "@codingame/monaco-vscode-environment-service-override";
import getExplorer from "@codingame/monaco-vscode-explorer-service-override";
import getExtensionGallery from "@codingame/monaco-vscode-extension-gallery-service-override";
import getExtensions from "@codingame/monaco-vscode-extensions-service-override";
import {
  createIndexedDBProviders,
  RegisteredFileSystemProvider,
  RegisteredMemoryFile,
  registerFileSystemOverlay,
} from "@codingame/monaco-vscode-files-service-override";
import getKeybindings from "@codingame/monaco-vscode-keybindings-service-override";
import getLanguages from "@codingame/monaco-vscode-languages-service-override";
import getLifecycle from "@codingame/monaco-vscode-lifecycle-service-override";
import getLog from "@codingame/monaco-vscode-log-service-override";
import getModel from "@codingame/monaco-vscode-model-service-override";
import getNotifications from "@codingame/monaco-vscode-notifications-service-override";
import getOutput from "@codingame/monaco-vscode-output-service-override";
import getPreferences from "@codingame/monaco-vscode-preferences-service-override";
import getRemoteAgent from "@codingame/monaco-vscode-remote-agent-service-override";
import getSecretStorage from "@codingame/monaco-vscode-secret-storage-service-override";
import getStorage from "@codingame/monaco-vscode-storage-service-override";
import getTheme from "@codingame/monaco-vscode-theme-service-override";
import getWorkbench from "@codingame/monaco-vscode-workbench-service-override";
import getWorkingCopy from "@codingame/monaco-vscode-working-copy-service-override";
import getWorkspaceTrust from "@codingame/monaco-vscode-workspace-trust-service-override";

const { href, origin, protocol, host } = window.location;
const folder = new URL(href).searchParams.get("folder") ?? "/project";
const folderUri = folder.startsWith("/") ? URI.file(folder) : URI.parse(folder);

/** Recollect as it is packaged, and the probe of these tests. */
const EXTENSIONS = ["recollect", "probe"];

/** The extension host's worker is started inside a frame, which needs an address rather than a worker. */
const WORKERS = {
  editorWorkerService: "editorWorker.js",
  extensionHostWorkerMain: "extensionHostWorker.js",
};

/** A window that asks nothing and reaches for nothing on the network. */
const SETTINGS = {
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  // The server behind this page has a stand-in of that interface.
  "recollect.learning.githubApi": `${origin}/github`,
  "telemetry.telemetryLevel": "off",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

window.MonacoEnvironment = {
  getWorkerUrl: (_module, label) => WORKERS[label] && `${origin}/dist/${WORKERS[label]}`,
  getWorkerOptions: () => ({ type: "module" }),
};

const project = new RegisteredFileSystemProvider(false);
project.registerFile(
  new RegisteredMemoryFile(URI.file(`${folderUri.path}/README.md`), "A project in memory.\n"),
);
registerFileSystemOverlay(1, project);

await createIndexedDBProviders();
await initUserConfiguration(JSON.stringify(SETTINGS));
await initialize(
  {
    ...getLog(),
    ...getEnvironment(),
    ...getExtensions({
      enableWorkerExtensionHost: true,
      // As on vscode.dev, the extension host of each workspace has an origin of its own.
      iframeAlternateDomain: `${protocol}//{{uuid}}.${host}`,
    }),
    ...getExtensionGallery({ webOnly: true }),
    ...getStorage(),
    ...getSecretStorage(),
    ...getConfiguration(),
    ...getKeybindings(),
    ...getModel(),
    ...getLanguages(),
    ...getTheme(),
    ...getLifecycle(),
    ...getNotifications(),
    ...getDialogs(),
    ...getAuthentication(),
    ...getAccessibility(),
    ...getRemoteAgent(),
    ...getWorkspaceTrust(),
    ...getWorkingCopy(),
    ...getOutput(),
    ...getExplorer(),
    ...getPreferences(),
    ...getChat(),
    ...getAi(),
    ...getWorkbench(),
  },
  document.getElementById("workbench"),
  {
    enableWorkspaceTrust: false,
    workspaceProvider: {
      trusted: true,
      workspace: { folderUri },
      open: async () => false,
    },
    additionalBuiltinExtensions: EXTENSIONS.map((name) =>
      URI.parse(`${origin}/extensions/${name}`),
    ),
    developmentOptions: { logLevel: LogLevel.Info },
    productConfiguration: { nameShort: "Web Editor", nameLong: "Web Editor" },
  },
);

// Until then a list that opens may lose the focus, and closes.
const lifecycle = await getService(ILifecycleService);
await lifecycle.when(LifecyclePhase.Restored);

const commands = await getService(ICommandService);

/** How tests reach the probe. */
window.executeCommand = (...args) => commands.executeCommand(...args);
