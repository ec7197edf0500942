function* g() { for (;;) yield g() } g().flatMap(x => x).toArray();
