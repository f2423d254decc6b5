"""Makes the known answers of the network measures with NetworkX.

    pip install networkx
    python make.py

A seeded random geometric graph, two parts of it apart, with lengths and strengths of its own.
"""
import csv
import random

import networkx as nx

random.seed(20180101)
graph = nx.Graph()
graph.add_nodes_from(range(40))
places = {n: (random.random() * (0.9 if n < 34 else 0.2) + (0 if n < 34 else 3), random.random()) for n in graph}
for a in graph:
    for b in range(a + 1, 40):
        length = ((places[a][0] - places[b][0]) ** 2 + (places[a][1] - places[b][1]) ** 2) ** 0.5
        if length < 0.28:
            graph.add_edge(a, b, metres=round(length * 50_000, 3), strength=round(random.uniform(0.1, 5), 4))
graph.remove_edges_from(list(graph.edges(0)))  # a node without links

with open("edges.csv", "w") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["from", "to", "metres", "strength"])
    for a, b, data in sorted(graph.edges(data=True)):
        writer.writerow([a, b, data["metres"], data["strength"]])

closeness = nx.closeness_centrality(graph, distance="metres")
betweenness = nx.betweenness_centrality(graph, weight="metres")
eigenvector = nx.eigenvector_centrality(graph, max_iter=100_000, tol=1e-15, weight="strength")
tree = {tuple(sorted(e)) for e in nx.minimum_spanning_edges(graph, weight="metres", data=False)}
best = max(
    nx.community.modularity(graph, nx.community.louvain_communities(graph, weight="strength", seed=seed), weight="strength")
    for seed in range(200)
)
halves = [{n for n in graph if n % 2 == 0}, {n for n in graph if n % 2}]
with open("nodes.csv", "w") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["node", "degree", "strength", "closeness", "betweenness", "eigenvector"])
    for n in graph:
        writer.writerow([n, graph.degree(n), repr(float(graph.degree(n, weight="strength"))), repr(float(closeness[n])), repr(float(betweenness[n])), repr(abs(float(eigenvector[n])))])
with open("whole.csv", "w") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["measure", "value"])
    writer.writerow(["tree_metres", repr(sum(graph.edges[e]["metres"] for e in tree))])
    writer.writerow(["tree_links", len(tree)])
    writer.writerow(["components", nx.number_connected_components(graph)])
    writer.writerow(["best_louvain_modularity", repr(best)])
    writer.writerow(["modularity_of_odd_and_even", repr(nx.community.modularity(graph, halves, weight="strength"))])
