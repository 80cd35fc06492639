/**
 * The look of a comparison's page. All colours are the editor's: in high contrast themes `contrastBorder` is set, and
 * draws what is told apart by its ground elsewhere.
 */
export const comparisonStyle = `
.type-check { max-width: 900px; padding: 0.5rem 0 2rem; color: var(--vscode-foreground); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); line-height: 1.5; --edge: var(--vscode-contrastBorder, var(--vscode-panel-border, currentColor)); }
.type-check h1 { font-size: 1.5em; font-weight: 600; margin: 0.5rem 0 1rem; overflow-wrap: anywhere; }
.type-check h2 { font-size: 1.15em; font-weight: 600; margin: 2rem 0 0.5rem; }
.type-check h3 { font-size: 1em; font-weight: 600; margin: 1rem 0 0.25rem; }
.type-check table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
.type-check caption { text-align: left; color: var(--vscode-descriptionForeground); padding-bottom: 0.25rem; }
.type-check th, .type-check td { text-align: left; font-weight: normal; padding: 0.3rem 1rem 0.3rem 0; border-bottom: 1px solid var(--edge); vertical-align: baseline; }
.type-check thead th { font-weight: 600; }
.type-check tbody th { color: var(--vscode-descriptionForeground); white-space: nowrap; }
.type-check .better { color: var(--vscode-charts-green); }
.type-check .worse { color: var(--vscode-errorForeground); }
.type-check .lead th, .type-check .lead td { font-size: 1.15em; }
.type-check .notes { margin: 1rem 0; padding: 0.5rem 1rem; border: 1px solid var(--vscode-contrastBorder, transparent); border-left: 3px solid var(--vscode-editorWarning-foreground, var(--edge)); background: var(--vscode-textBlockQuote-background); }
.type-check .notes ul { margin: 0; padding-left: 1.1rem; }
.type-check .scroll { overflow-x: auto; }
.type-check .scroll:focus-visible { outline: 1px solid var(--vscode-focusBorder); }
.type-check .chart { display: block; max-width: none; }
.type-check .chart text { fill: var(--vscode-foreground); font-size: 11px; text-anchor: middle; }
.type-check .chart .word { fill: var(--vscode-descriptionForeground); }
.type-check .chart .role { font-weight: 700; }
.type-check .floor { stroke: var(--edge); }
.type-check .bar { stroke: var(--vscode-contrastBorder, none); }
.type-check .cold { fill: var(--vscode-charts-blue); background: var(--vscode-charts-blue); }
.type-check .warm { fill: var(--vscode-charts-green); background: var(--vscode-charts-green); }
.type-check .edited { fill: var(--vscode-charts-yellow); background: var(--vscode-charts-yellow); }
.type-check .cut { fill: var(--vscode-charts-red); background: var(--vscode-charts-red); }
.type-check line.mark { stroke: var(--vscode-foreground); stroke-dasharray: 3 3; }
.type-check circle.mark { fill: var(--vscode-editor-background); stroke: var(--vscode-foreground); }
.type-check .legend { list-style: none; display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0 0 0.75rem; padding: 0; }
.type-check .swatch { display: inline-block; width: 0.8em; height: 0.8em; margin-right: 0.4em; border: 1px solid var(--vscode-contrastBorder, transparent); }
.type-check .marks { margin: 0.5rem 0 0; padding-left: 1.5rem; }
`.trim();
