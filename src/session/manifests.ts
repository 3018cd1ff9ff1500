/** Files that say what a project is made of and how it is built. */
const manifest =
  /^(package\.json|deno\.jsonc?|pyproject\.toml|setup\.(py|cfg)|requirements[\w.-]*\.txt|Pipfile|Cargo\.toml|go\.mod|pom\.xml|(build|settings)\.gradle(\.kts)?|Gemfile|composer\.json|mix\.exs|Package\.swift|CMakeLists\.txt|.+\.(csproj|fsproj|vbproj|gemspec|cabal))$/;

/** Whether the path is, by its name, that of a manifest. Lock files are none: they are made. */
export function isManifest(path: string): boolean {
  return manifest.test(path.slice(path.lastIndexOf('/') + 1));
}
