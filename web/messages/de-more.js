// German, for the parts that load on intent.

export default {
  "starts.yes": "ja",
  "starts.likely": "wahrscheinlich",
  "starts.unlikely": "wahrscheinlich nicht",
  "starts.no": "nein",
  "starts.null": "nach Faustregel",

  "compare.fits": "nur was ausreicht",
  "compare.count": { one: "{n} GPU", other: "{n} GPUs" },
  "compare.caption": "Dieses Modell und diese Last auf 1, 2, 4 und 8 von jeder GPU. Eine Zelle stellt sie ein.",
  "compare.memory": "Speicher",
  "compare.enough": "kleinste ausreichende",
  "compare.enough.is": "{count} × ({size})",
  "compare.price": "Preis je GPU-Stunde",
  "compare.price.of": "Preis einer Stunde {gpu}",
  "compare.priceNote": "Kosten: Ihr Preis mal der kleinsten ausreichenden Zahl von GPUs. Preise kennt die Seite nicht.",
  "compare.cost": "Kosten je Stunde",
  "compare.holds": { one: "{count} Anfrage", other: "{count} Anfragen" },
  "compare.queues": "wartet ({count})",
  "compare.short": "{size} zu wenig",
  "compare.refused": "abgelehnt",

  "map.how":
    "Jede Spalte ist ein --max-model-len, jede Zeile eine Zahl von Anfragen dieser Länge zugleich. Eine Zelle stellt beides ein.",
  "map.caption": "KV-Cache übrig (−: zu wenig), in {unit} je GPU. ✕ vLLM startet nicht; … es startet und reiht ein.",
  "map.corner": "Anfragen \\ Tokens",
  "map.fits": "passt, {size} übrig",
  "map.queues": "wartet, {size} zu wenig",
  "map.no": "startet nicht",
  "map.cell": { one: "1 Anfrage zu {ctx} Tokens: {said}", other: "{asked} Anfragen zu {ctx} Tokens: {said}" },

  "setups.keep": "Diese Einstellung behalten",
  "setups.how": "Dann die Eingaben ändern: Die behaltene bleibt daneben, Unterschiede sind markiert. Bis zu vier.",
  "setups.now": "gezeigt",
  "setups.use": "Zeigen",
  "setups.drop": "Verwerfen",
  "setups.differs": "verschieden",

  "versions.caption":
    "Jede vLLM-Version, in der sich eine Zahl dieser Einstellung änderte; geänderte Zahlen sind fett.",
  "versions.use": "vLLM {version} verwenden",
  "versions.starts": "startet",
  "versions.weights": "Gewichte",
  "versions.runtime": "Laufzeitspeicher",
  "versions.pool": "KV-Vorrat",
  "versions.tokens": "KV-Tokens",
  "versions.batched": "Tokens je Schritt",
  "versions.utilization": "Auslastung",

  "out.format": "als",
  "out.copy": "Kopieren",
  "out.copied": "Kopiert",
  "out.save": "Sichern",
  "out.png": "Als PNG sichern",
  "out.print": "Drucken",
  "out.serve": "vllm serve",
  "out.docker": "docker run",
  "out.compose": "docker compose",
  "out.kubernetes": "Kubernetes",
  "out.profile": "Profil (YAML)",
  "out.json": "Bericht (JSON)",
  "out.csv": "Tabelle (CSV)",
  "out.svg": "Balken (SVG)",
  "out.assumed": "Die Antwort oben gilt für {gpus}, auf denen sonst nichts läuft.",
  "out.noName": "Name oder Pfad des Modells ist hier nicht bekannt; setzen Sie ihn ein.",
  "out.nodes": "Mehr als acht GPUs brauchen mehrere Knoten und einen Ray-Cluster.",

  "embed.form": "als",
  "embed.element": "Element (Modulskript)",
  "embed.classic": "Element (klassisches Skript)",
  "embed.iframe": "iframe",
  "embed.markdown": "Markdown-Link",
  "embed.html": "HTML-Link",
  "embed.docs": "Einbetten, nach Generator",
  "embed.config":
    "Eine eingefügte config ist nicht Teil des Elements: Legen Sie die Datei neben Ihre Seite und nennen Sie sie mit config-src.",

  "about.exact": "Exakt, aufs Byte",
  "about.exact.1":
    "Gewichte je GPU für die Architekturen, die diese Seite kennt: jeder Parameter und Puffer in vLLMs Modulbaum, so geteilt, aufgefüllt und quantisiert wie dort.",
  "about.exact.2":
    "KV-Cache für einen gegebenen Vorrat: Blöcke, Tokens und größte Zahl zugleich, wie vLLMs eigene Planung sie angibt, Version für Version ({versions} Versionen).",
  "about.exact.3": "Die Faustregel: die veröffentlichten Planungsformeln, Ganzzahl für Ganzzahl.",
  "about.estimated": "Geschätzt, und so bezeichnet",
  "about.estimated.1":
    "Aktivierungen, CUDA-Graphen und was nicht von torch kommt, hängen von Kernels, Treibern und Bibliotheken ab. Jeder Posten hat eine Spanne; wo sie entscheidet, sagt das Urteil „wahrscheinlich“.",
  "about.estimated.2":
    "Eine unbekannte Architektur wird nach allgemeinen Decoder-Regeln gezählt; die Antwort trägt „Schätzung“ und den Grund.",
  "about.estimated.3":
    "Der Speicher von {measured} der {gpus} GPUs ist von einer Ausgabe des Treibers abgelesen; der übrige ist aus der Nenngröße abgeleitet.",
  "about.missing": "Nicht abgedeckt",
  "about.missing.1": "Andere Programme auf derselben GPU, und was vLLM nach dem Start über sein Budget hinaus belegt.",
  "about.missing.2": "Durchsatz und Latenz.",
  "about.missing.3": "Andere Engines.",
  "about.sources": "Quellen",
  "about.sources.1": "Der Quelltext von vLLM; jeder Posten nennt Datei und Funktion, der er folgt.",
  "about.sources.2": "Veröffentlichte Startprotokolle von vLLM, für die gemessenen Posten.",
  "about.sources.3":
    "Die config.json der Modelle auf ihrem Hub ({models} hier bekannt), Datenblätter und Treiberausgaben der GPUs.",
  "about.privacy": "Privatsphäre",
  "about.privacy.1":
    "Nichts Eingefügtes verlässt diese Seite: Sie fragt nach ihren eigenen Dateien und nach sonst nichts. Keine Cookies, keine Statistik. Die Einstellung steht in der Adresszeile hinter dem #, das Browser nicht senden.",
  "about.version": "vram-gauge {version}",

  "trouble.kvHeads": "Der KV-Cache wirkt zu groß",
  "trouble.kvHeads.1":
    "Fehlt num_key_value_heads in config.json, zählt jeder Attention-Kopf als KV-Kopf, wie im Code des Modells. Ein Modell mit Grouped-Query Attention wird dann um Köpfe / KV-Köpfe überschätzt: vierfach bei 32 Köpfen und 8 KV-Köpfen. Suchen Sie den Schlüssel unter anderem Namen (n_head_kv, multi_query) oder in einer verschachtelten text_config.",
  "trouble.size": "Die Größe des Modells ist unbekannt",
  "trouble.size.1":
    "In dieser Reihenfolge: die unter Erweitert eingetippten Parameter, die exakte Zahl einer bekannten Familie, die Tabelle bekannter Größen nach Namen, eine grobe Schätzung aus der Form. Die Annahmen sagen, was galt. Steht ein Name nicht in der Tabelle und gibt es keine config, tippen Sie die Parameterzahl in Milliarden.",
  "trouble.dtype": "Die Gewichte sind doppelt oder halb so groß wie erwartet",
  "trouble.dtype.1":
    "FP32 braucht 4 Bytes je Parameter, FP16 und BF16 2, FP8 und INT8 1, AWQ und GPTQ mit ihren Skalen etwa 0,55. auto heißt, was die config sagt; float32 lädt vLLM mit 16 Bit. Eine Quantisierung geht dem dtype vor.",
  "trouble.fragmentation": "Fragmentierung",
  "trouble.fragmentation.1":
    "Die Faustregel nimmt den KV-Cache mal 1,15 für den Verschnitt der Blöcke. vLLMs eigene Regeln brauchen keinen solchen Faktor: Sie zählen Blöcke. Setzen Sie ihn unter Erweitert auf 1, um beide zu vergleichen.",
  "trouble.gpus": "Mehrere GPUs",
  "trouble.gpus.1":
    "Gewichte teilen sich durch die Zahl der tensor-parallelen GPUs, außer was jede hält (Normen, KV-Köpfe, wenn es weniger sind als GPUs, die Auffüllung des Vokabulars). Die Faustregel spricht von allen GPUs zusammen und schlägt je weiterer GPU 0,25 GiB auf; vLLMs Regeln sprechen von der vollsten GPU.",
  "trouble.died": "vLLM bricht ab, obwohl es laut Seite passt",
  "trouble.died.1":
    "Bevor das Modell lädt, muss das Budget frei sein: Andere Prozesse, eine Oberfläche oder ein zweiter Container auf der GPU gehen davon ab. Vergleichen Sie nvidia-smi mit dem Speicher der Karte oben.",
  "trouble.died.2":
    "Nach dem Start können ein größerer Stapel als der ausgemessene, Bilder oder der Arbeitsspeicher einer Bibliothek das Budget übersteigen. Senken Sie --gpu-memory-utilization, oder lassen Sie mehr Spielraum.",
  "trouble.hand": "Ein Ergebnis von Hand prüfen",
  "trouble.hand.1":
    "KV je Token und Schicht: 2 × KV-Köpfe × head_dim × Bytes. Llama-2-7B hat 32 × 128 und 2 Bytes: 16.384 B; mal 32 Schichten und 4.096 Tokens 2.147.483.648 B, nach der Faustregel mal 1,15. Mit 8 KV-Köpfen ist es ein Viertel, mit FP8-Cache die Hälfte.",
  "trouble.hand.2": "Gewichte: 7 Mrd. Parameter in FP16 sind 14.000.000.000 B; in AWQ 0,55 × 7e9 = 3.850.000.000 B.",
  "trouble.hand.3":
    "Zuschlag: das Größere von 1 GiB und 2 % des Speichers: 1 GiB bei 24 GiB, 1,6 GiB bei 80 GiB, 1,25 GiB bei zwei GPUs mit zusammen 24 GiB. Ein fester Zuschlag ersetzt ihn.",
  "trouble.hand.4":
    "Schranken: 24 GiB verfügbar − 14 − 1 lassen 9 GiB; bei 2 GiB je Anfrage sind das 4 Anfragen. Der Kontext bei einer Zahl von Anfragen ist der Rest, geteilt durch die Bytes eines Tokens und durch diese Zahl, abgerundet.",
};
