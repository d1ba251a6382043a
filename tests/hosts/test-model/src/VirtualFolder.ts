import * as vscode from "vscode";

/** Scheme of a folder that is nowhere on a disk. */
export const VIRTUAL_SCHEME = "recollect-test";

const CONTENT = new TextEncoder().encode("Nothing here is a file.\n");

/** A folder with one text in it, as extensions for remote repositories show them. */
export class VirtualFolder implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    const times = { ctime: 0, mtime: 0 };
    if (path === "/project") return { ...times, type: vscode.FileType.Directory, size: 0 };
    if (path === "/project/notes.txt")
      return { ...times, type: vscode.FileType.File, size: CONTENT.length };
    throw vscode.FileSystemError.FileNotFound(path);
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    this.stat(uri);
    return [["notes.txt", vscode.FileType.File]];
  }

  readFile(uri: vscode.Uri): Uint8Array {
    this.stat(uri);
    return CONTENT;
  }

  writeFile(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  createDirectory(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
}
