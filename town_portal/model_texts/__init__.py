"""范文: model texts for the kinds of events a village reports, kept by the coordinating office."""
