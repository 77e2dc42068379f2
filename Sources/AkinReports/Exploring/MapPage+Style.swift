extension MapPage {
    /// The page's style, light or dark as the system is until the reader chooses.
    static let style = """
        :root { color-scheme: light; --back: #fbfbfa; --panel: #ffffff; --ink: #1a1c20; --dim: #5c626b;
          --line: #d9dce1; --accent: #1f5fbf; --halo: rgba(251, 251, 250, .85); }
        :root[data-theme="dark"] { color-scheme: dark; --back: #14161a; --panel: #1d2025; --ink: #e9ebee;
          --dim: #a0a7b1; --line: #353a42; --accent: #7fb0ff; --halo: rgba(20, 22, 26, .8); }
        * { box-sizing: border-box; }
        html, body { margin: 0; height: 100%; }
        body { display: flex; background: var(--back); color: var(--ink);
          font: 15px/1.45 system-ui, -apple-system, "Segoe UI", sans-serif; }
        main { position: relative; flex: 1; min-width: 0; height: 100vh; }
        canvas { display: block; width: 100%; height: 100%; cursor: grab; touch-action: none; }
        canvas.moving { cursor: grabbing; }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
        aside { width: 330px; height: 100vh; overflow-y: auto; padding: 18px; background: var(--panel);
          border-left: 1px solid var(--line); }
        h1 { margin: 0; font-size: 19px; overflow-wrap: anywhere; }
        p { margin: 4px 0 14px; color: var(--dim); font-size: 13px; }
        input[type=search], select { width: 100%; margin-top: 4px; padding: 7px 9px; font: inherit; color: inherit;
          background: var(--back); border: 1px solid var(--line); border-radius: 6px; }
        #found { margin: 6px 0; min-height: 1em; }
        ol, ul { margin: 0; padding: 0; list-style: none; }
        #results { max-height: 32vh; overflow-y: auto; margin-bottom: 10px; }
        li button { display: flex; gap: 8px; align-items: baseline; width: 100%; padding: 4px 6px; font: inherit;
          font-size: 13.5px; text-align: left; color: inherit; background: none; border: 0; border-radius: 5px;
          cursor: pointer; overflow-wrap: anywhere; }
        li button:hover, li button[aria-pressed=true] { background: var(--back); }
        li button[aria-pressed=true] { font-weight: 600; }
        li i { flex: none; align-self: center; width: 11px; height: 11px; border-radius: 50%; }
        li span { flex: 1; }
        li small { color: var(--dim); }
        .row { display: flex; justify-content: space-between; align-items: center; gap: 10px; margin: 10px 0; }
        .row label { flex: none; }
        #theme { padding: 4px 10px; font: inherit; color: inherit; background: var(--back);
          border: 1px solid var(--line); border-radius: 6px; cursor: pointer; }
        #card { margin: 8px 0 14px; padding: 10px 12px; border: 1px solid var(--line); border-radius: 8px; }
        #card h2 { margin: 0 0 4px; font-size: 15px; overflow-wrap: anywhere; }
        #card p { margin: 2px 0; overflow-wrap: anywhere; }
        #card a { color: var(--accent); }
        #tip { position: absolute; max-width: 340px; padding: 7px 10px; font-size: 13.5px; pointer-events: none;
          background: var(--panel); border: 1px solid var(--line); border-radius: 7px;
          box-shadow: 0 2px 10px rgba(0, 0, 0, .18); overflow-wrap: anywhere; }
        #tip small { display: block; color: var(--dim); }
        [hidden] { display: none !important; }
        @media (max-width: 760px) {
          body { flex-direction: column; }
          main { flex: none; height: 60vh; }
          aside { width: 100%; height: auto; flex: 1; border-left: 0; border-top: 1px solid var(--line); }
        }

        """
}
