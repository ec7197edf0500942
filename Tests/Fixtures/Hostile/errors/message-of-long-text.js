const s = 'x'.repeat(2e7); for (;;) try { new Map(s) } catch (e) { try { null[s] } catch (e) { try { s.repeat(s) } catch (e) {} } }
