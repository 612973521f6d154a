/* Backpropagation with an update after every instance, as one would write it in C.

   The parameters of a layer pair are its weights, row by row, and then its biases; `work` holds the
   activations, the derivatives and the error terms of all nodes. Weights are changed in the pass that hands
   the error terms back, each one after it was read. */

#include <math.h>
#include <stddef.h>

enum { SIGMOID, TANH, RELU, LINEAR };

static void forward(const double *restrict weights, const double *restrict biases, const double *restrict in,
                    double *restrict out, size_t n_in, size_t n_out)
{
    for (size_t i = 0; i < n_out; i++) {
        const double *row = weights + i * n_in;
        double z = biases[i];
        for (size_t j = 0; j < n_in; j++)
            z += row[j] * in[j];
        out[i] = z;
    }
}

static void activate(int kind, double *restrict a, double *restrict derivative, size_t n)
{
    switch (kind) {
    case SIGMOID:
        for (size_t i = 0; i < n; i++) {
            a[i] = 1 / (1 + exp(-a[i]));
            derivative[i] = a[i] * (1 - a[i]);
        }
        break;
    case TANH:
        for (size_t i = 0; i < n; i++) {
            a[i] = tanh(a[i]);
            derivative[i] = 1 - a[i] * a[i];
        }
        break;
    case RELU:
        for (size_t i = 0; i < n; i++) {
            derivative[i] = a[i] > 0;
            a[i] = a[i] > 0 ? a[i] : 0;
        }
        break;
    case LINEAR:
        for (size_t i = 0; i < n; i++)
            derivative[i] = 1;
        break;
    }
}

static void learn_first(double *restrict weights, double *restrict biases, const double *restrict in,
                        const double *restrict delta, double rate, size_t n_in, size_t n_out)
{
    for (size_t i = 0; i < n_out; i++) {
        double *row = weights + i * n_in;
        double step = rate * delta[i];
        for (size_t j = 0; j < n_in; j++)
            row[j] += step * in[j];
        biases[i] += step;
    }
}

static void learn(double *restrict weights, double *restrict biases, const double *restrict in,
                  const double *restrict derivative, const double *restrict delta, double *restrict back,
                  double rate, size_t n_in, size_t n_out)
{
    for (size_t j = 0; j < n_in; j++)
        back[j] = 0;
    for (size_t i = 0; i < n_out; i++) {
        double *row = weights + i * n_in;
        double step = rate * delta[i];
        for (size_t j = 0; j < n_in; j++) {
            back[j] += delta[i] * row[j];
            row[j] += step * in[j];
        }
        biases[i] += step;
    }
    for (size_t j = 0; j < n_in; j++)
        back[j] *= derivative[j];
}

/* Train `count` instances, row after row and from the first again; errors[t] gets half the squared error. */
void train(size_t layers, const size_t *sizes, const int *kinds, const double *inputs, const double *targets,
           size_t rows, double *parameters, double *work, double rate, size_t count, double *errors)
{
    size_t nodes = 0, n_x = sizes[0], n_y = sizes[layers - 1];
    for (size_t l = 0; l < layers; l++)
        nodes += sizes[l];
    double *a = work, *derivative = work + nodes, *delta = work + 2 * nodes;

    for (size_t t = 0, row = 0; t < count; t++, row = row + 1 == rows ? 0 : row + 1) {
        double *weights = parameters;
        size_t node = 0;
        for (size_t j = 0; j < n_x; j++)
            a[j] = inputs[row * n_x + j];
        for (size_t l = 1; l < layers; l++) {
            size_t n_in = sizes[l - 1], n_out = sizes[l], next = node + n_in;
            forward(weights, weights + n_in * n_out, a + node, a + next, n_in, n_out);
            activate(kinds[l], a + next, derivative + next, n_out);
            weights += (n_in + 1) * n_out;
            node = next;
        }
        double error = 0;
        for (size_t k = 0; k < n_y; k++) {
            double difference = targets[row * n_y + k] - a[node + k];
            error += difference * difference / 2;
            delta[node + k] = difference * derivative[node + k];
        }
        errors[t] = error;
        for (size_t l = layers - 1; l > 0; l--) {
            size_t n_in = sizes[l - 1], n_out = sizes[l], before = node - n_in;
            weights -= (n_in + 1) * n_out;
            if (l == 1)
                learn_first(weights, weights + n_in * n_out, a, delta + node, rate, n_in, n_out);
            else
                learn(weights, weights + n_in * n_out, a + before, derivative + before, delta + node,
                      delta + before, rate, n_in, n_out);
            node = before;
        }
    }
}
